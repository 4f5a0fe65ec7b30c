namespace OrderIngest.ReadingOrders;

/// <summary>The columns of the flat file, and where this file has them. Names are matched whatever their case; unknown columns are ignored.</summary>
internal sealed class CsvColumns
{
    private static readonly (string Field, string Column)[] OrderColumns =
    [
        ("orderNumber", "order_number"), ("storeId", "store_id"), ("registerId", "register_id"), ("receiptNumber", "receipt_number"), ("businessDate", "business_date"),
        ("occurredAt", "occurred_at"), ("kind", "kind"), ("currency", "currency"), ("pricesIncludeTax", "prices_include_tax"),
    ];

    private static readonly (string Field, string Column)[] CustomerColumns =
        [("loyaltyCard", "loyalty_card"), ("customerNumber", "customer_number"), ("email", "email"), ("phone", "phone")];

    private static readonly (string Field, string Column)[] OriginalColumns =
        [("storeId", "original_store_id"), ("registerId", "original_register_id"), ("receiptNumber", "original_receipt_number"), ("businessDate", "original_business_date")];

    private static readonly (string Field, string Column)[] TotalColumns =
        [("net", "total_net"), ("tax", "total_tax"), ("discount", "total_discount"), ("gross", "total_gross"), ("rounding", "total_rounding")];

    private static readonly (string Field, string Column)[] LineColumns =
    [
        ("number", "line_number"), ("sku", "sku"), ("barcode", "barcode"), ("description", "description"), ("quantity", "quantity"), ("unit", "unit"), ("unitPrice", "unit_price"),
        ("discount", "line_discount"), ("taxAmount", "line_tax"), ("taxRate", "line_tax_rate"), ("total", "line_total"), ("voided", "voided"),
    ];

    private static readonly string[] Indispensable =
        ["store_id", "business_date", "occurred_at", "kind", "currency", "total_gross", "line_number", "sku", "quantity", "unit_price", "line_total"];

    /// <summary>What only the other reader of flat files understands, and what may not be left aside: a training receipt would become a sale.</summary>
    private static readonly string[] WithSettingsOnly = ["training", "cancelled", "line_net", "voids", "returned"];

    private CsvColumns(Dictionary<string, int> places, int count)
    {
        Count = count;
        Order = Section(OrderColumns, places);
        Customer = Section(CustomerColumns, places);
        Original = Section(OriginalColumns, places);
        Totals = Section(TotalColumns, places);
        Line = Section(LineColumns, places);
        Repeated = [.. new[] { Order, Customer, Original, Totals }.SelectMany(section => section.Values).Where(column => column.Index >= 0)];
        Key = [.. OrderColumns.Take(5).Select(column => Order[column.Field].Index).Where(index => index >= 0)];
    }

    /// <summary>Fields a row must have.</summary>
    public int Count { get; }

    public IReadOnlyDictionary<string, CsvColumn> Order { get; }

    public IReadOnlyDictionary<string, CsvColumn> Customer { get; }

    public IReadOnlyDictionary<string, CsvColumn> Original { get; }

    public IReadOnlyDictionary<string, CsvColumn> Totals { get; }

    public IReadOnlyDictionary<string, CsvColumn> Line { get; }

    /// <summary>The columns that say the same in every row of an order.</summary>
    public IReadOnlyList<CsvColumn> Repeated { get; }

    /// <summary>The columns that tell which order a row belongs to.</summary>
    public IReadOnlyList<int> Key { get; }

    /// <summary>Reads the header row; null with the faults noted when rows below it could not be understood.</summary>
    public static CsvColumns? Of(CsvRow header, List<Fault> faults)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i] is not { } name)
                faults.Add(new($"row {header.Record.Row}, column {i + 1}", "has no readable name"));
            else if (name.Trim() is { Length: > 0 } trimmed && !places.TryAdd(trimmed, i))
                faults.Add(new($"row {header.Record.Row}, column {i + 1}", "has the name of an earlier column"));
        }
        foreach (var missing in Indispensable.Where(column => !places.ContainsKey(column)))
            faults.Add(new($"row {header.Record.Row}, {missing}", "is missing among the column names"));
        foreach (var column in WithSettingsOnly.Where(places.ContainsKey))
            faults.Add(new($"row {header.Record.Row}, {column}", $"is only understood for a source with a layout: set OrderIngest:Sources:<source>:Columns:{column}={column}"));
        return faults.Count == 0 ? new(places, header.Count) : null;
    }

    private static Dictionary<string, CsvColumn> Section((string Field, string Column)[] columns, Dictionary<string, int> places) =>
        columns.ToDictionary(column => column.Field, column => new CsvColumn(column.Column, places.GetValueOrDefault(column.Column, -1)), StringComparer.Ordinal);
}

/// <summary>A column of a file.</summary>
/// <param name="Name">As in the header row.</param>
/// <param name="Index">From 0; -1 when the file does not have it.</param>
internal readonly record struct CsvColumn(string Name, int Index);
