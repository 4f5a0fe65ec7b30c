namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>What zeros in front of a card number mean.</summary>
internal enum LeadingZeroRule
{
    /// <summary>They are part of the number.</summary>
    Keep = 0,

    /// <summary>Nothing: 0017 and 17 are one card.</summary>
    Remove = 1,
}
