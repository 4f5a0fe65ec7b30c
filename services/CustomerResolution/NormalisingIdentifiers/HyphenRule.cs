namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>What hyphens in a card number mean.</summary>
internal enum HyphenRule
{
    /// <summary>Nothing: they are printed for the eye.</summary>
    Remove = 0,

    /// <summary>They are part of the number; every kind of hyphen is written as the plain one.</summary>
    Keep = 1,
}
