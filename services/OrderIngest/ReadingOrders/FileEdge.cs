namespace OrderIngest.ReadingOrders;

/// <summary>What stands beside an order in its file, and may have cost it lines.</summary>
internal enum FileEdge
{
    /// <summary>Other orders, all readable.</summary>
    None,

    /// <summary>A row that could not be read or assigned, or whose key cannot be trusted.</summary>
    Damage,

    /// <summary>The end of the file.</summary>
    End,

    /// <summary>The end of the file, in the middle of a row or just before its line end.</summary>
    TornEnd,
}
