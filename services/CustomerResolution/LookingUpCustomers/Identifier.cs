namespace CustomerResolution.LookingUpCustomers;

/// <summary>One thing a customer can be asked for by, normalised. Personal data: never logged.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The normalised value; never empty.</param>
internal readonly record struct Identifier(IdentifierKind Kind, string Value)
{
    /// <summary>Says what it is, never which.</summary>
    public override string ToString() => $"Identifier {{ {Kind} }}";
}
