namespace OrderIngest.ReadingOrders;

/// <summary>What an input has in one place, before anything is asked of it.</summary>
internal readonly record struct RawValue(RawKind Kind, string? Text = null, decimal Number = 0)
{
    public static RawValue Absent => default;

    /// <summary>Something no rule can use; <paramref name="says"/> follows the place.</summary>
    public static RawValue Broken(string says) => new(RawKind.Broken, says);
}

internal enum RawKind
{
    Absent,
    Text,
    Number,
    True,
    False,
    Broken,
}
