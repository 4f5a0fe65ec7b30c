namespace OrderIngest.ReadingFlatFiles;

/// <summary>Section <c>OrderIngest:Sources:&lt;source&gt;:Rows</c>: which rows of a flat file make an order.</summary>
internal sealed class RowsOptions
{
    /// <summary>Rows of column names at the top: 1 by default; 0 = none, columns are then given by position; 2 = one for order rows, one for line rows.</summary>
    public int HeaderRows { get; init; } = 1;

    /// <summary>Column that tells order rows from line rows where a file has both: a name, or <c>#1</c>.</summary>
    public string? TypeColumn { get; init; }

    /// <summary>What the type column says in an order row.</summary>
    public string? Order { get; init; }

    /// <summary>What the type column says in a line row.</summary>
    public string? Line { get; init; }

    /// <summary>What it says in rows to pass over (payments, for example), separated by commas. Any other type is a fault.</summary>
    public string? Ignored { get; init; }

    /// <summary>What it says in the file's last row. A file without it was cut off.</summary>
    public string? Trailer { get; init; }

    /// <summary>Where orders and lines are two files: the column or columns (with + between them) that tell an order in the file of orders.</summary>
    public string? OrderId { get; init; }

    /// <summary>The same columns as the file of lines calls them.</summary>
    public string? LineOrderId { get; init; }

    /// <summary>
    /// Whether the last order of a file, and an order beside a damaged row, is rejected when its lines do not come to its gross total: lines may be missing. Default true.
    /// </summary>
    public bool MustAddUp { get; init; } = true;

    /// <summary>Whether a last row without a line end is a sign that the file was cut off. Default false: many programs leave the last one out.</summary>
    public bool RequireLineEnd { get; init; }
}
