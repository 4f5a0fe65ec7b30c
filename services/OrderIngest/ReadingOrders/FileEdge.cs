namespace OrderIngest.ReadingOrders;

/// <summary>What stands beside an order in its file, and may have cost it lines.</summary>
internal enum FileEdge
{
    /// <summary>Other orders, all readable.</summary>
    None,

    /// <summary>An order that differs in nothing but its key: the key may be damaged, and its rows this order's.</summary>
    Twin,

    /// <summary>An order of another key of which a row could not be read.</summary>
    DamagedOrder,

    /// <summary>A row that could not be assigned: it may have been this order's.</summary>
    Damage,

    /// <summary>The end of the file.</summary>
    End,

    /// <summary>The end of the file, in the middle of a row or just before its line end.</summary>
    TornEnd,

    /// <summary>A second file with the lines, in which other orders have none at all: it may have been cut off, and lines of one order need not stand together.</summary>
    LinesElsewhere,

    /// <summary>The place at which the stream was cut, between two rows: how many are missing nobody knows.</summary>
    Cut,

    /// <summary>An earlier row of the same order, in a file of orders alone: which of them the lines belong to nobody knows.</summary>
    Repeated,
}

/// <summary>Names of the edges in the database.</summary>
internal static class FileEdgeText
{
    public static string? Of(FileEdge? edge) => edge?.ToString();

    /// <summary>The edge of that name; null for none, and for one that this version does not know.</summary>
    public static FileEdge? Parse(string? text) => Enum.TryParse<FileEdge>(text, out var edge) && Enum.IsDefined(edge) ? edge : null;
}
