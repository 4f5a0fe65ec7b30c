namespace OrderIngest.ReadingOrders;

/// <summary>Longest texts, in characters.</summary>
internal static class Lengths
{
    /// <summary>Parts of a key, codes and units.</summary>
    public const int Key = 100;

    /// <summary>E-mail (RFC 5321 allows 254) and other things a customer is known by.</summary>
    public const int Hint = 254;

    /// <summary>Text printed on a receipt.</summary>
    public const int Text = 500;

    /// <summary>Dates, times, numbers written as text.</summary>
    public const int Value = 64;
}
