namespace OrderIngest.ReadingOrders;

/// <summary>What stands beside an order in its file, and may have cost it lines.</summary>
internal enum FileEdge
{
    /// <summary>Other orders, all readable.</summary>
    None,

    /// <summary>An order that differs in nothing but its key: the key may be damaged, and its rows this order's.</summary>
    Twin,

    /// <summary>A row that could not be read or assigned.</summary>
    Damage,

    /// <summary>The end of the file.</summary>
    End,

    /// <summary>The end of the file, in the middle of a row or just before its line end.</summary>
    TornEnd,
}
