namespace OrderIngest.ReadingFlatFiles;

/// <summary>
/// The fields by the names that <c>Columns</c> knows them by: those of <c>POST /orders</c>, or the column's name in our own flat file (which environment
/// variables can be named for).
/// </summary>
internal static class FlatFields
{
    private static readonly (FlatField Field, string Name, string Column)[] Names =
    [
        (FlatField.OrderNumber, "orderNumber", "order_number"),
        (FlatField.StoreId, "storeId", "store_id"),
        (FlatField.RegisterId, "registerId", "register_id"),
        (FlatField.ReceiptNumber, "receiptNumber", "receipt_number"),
        (FlatField.BusinessDate, "businessDate", "business_date"),
        (FlatField.OccurredAt, "occurredAt", "occurred_at"),
        (FlatField.OccurredDate, "occurredDate", "occurred_date"),
        (FlatField.OccurredTime, "occurredTime", "occurred_time"),
        (FlatField.Kind, "kind", "kind"),
        (FlatField.Status, "status", "status"),
        (FlatField.Training, "training", "training"),
        (FlatField.Cancelled, "cancelled", "cancelled"),
        (FlatField.Currency, "currency", "currency"),
        (FlatField.PricesIncludeTax, "pricesIncludeTax", "prices_include_tax"),
        (FlatField.LoyaltyCard, "customer.loyaltyCard", "loyalty_card"),
        (FlatField.CustomerNumber, "customer.customerNumber", "customer_number"),
        (FlatField.Email, "customer.email", "email"),
        (FlatField.Phone, "customer.phone", "phone"),
        (FlatField.OriginalStoreId, "originalReceipt.storeId", "original_store_id"),
        (FlatField.OriginalRegisterId, "originalReceipt.registerId", "original_register_id"),
        (FlatField.OriginalReceiptNumber, "originalReceipt.receiptNumber", "original_receipt_number"),
        (FlatField.OriginalBusinessDate, "originalReceipt.businessDate", "original_business_date"),
        (FlatField.Net, "totals.net", "total_net"),
        (FlatField.Tax, "totals.tax", "total_tax"),
        (FlatField.Discount, "totals.discount", "total_discount"),
        (FlatField.Gross, "totals.gross", "total_gross"),
        (FlatField.Rounding, "totals.rounding", "total_rounding"),
        (FlatField.LineNumber, "line.number", "line_number"),
        (FlatField.Sku, "line.sku", "sku"),
        (FlatField.Barcode, "line.barcode", "barcode"),
        (FlatField.Description, "line.description", "description"),
        (FlatField.Quantity, "line.quantity", "quantity"),
        (FlatField.Unit, "line.unit", "unit"),
        (FlatField.UnitPrice, "line.unitPrice", "unit_price"),
        (FlatField.LineDiscount, "line.discount", "line_discount"),
        (FlatField.LineTax, "line.taxAmount", "line_tax"),
        (FlatField.LineTaxRate, "line.taxRate", "line_tax_rate"),
        (FlatField.LineTotal, "line.total", "line_total"),
        (FlatField.LineNet, "line.net", "line_net"),
        (FlatField.Voided, "line.voided", "voided"),
        (FlatField.VoidedNumber, "line.voids", "voids"),
        (FlatField.Returned, "line.returned", "returned"),
    ];

    /// <summary>All of them, in the order of the list above.</summary>
    public static IReadOnlyList<FlatField> All { get; } = [.. Names.Select(known => known.Field)];

    /// <summary>As in the JSON of an order.</summary>
    public static string Name(FlatField field) => Names[(int)field].Name;

    /// <summary>The column's name in our own flat file.</summary>
    public static string Column(FlatField field) => Names[(int)field].Column;

    /// <summary>True for what a line says, false for what the order says.</summary>
    public static bool IsOfLine(FlatField field) => field >= FlatField.LineNumber;

    /// <summary>The field that a key below <c>Columns</c> means, or null.</summary>
    public static FlatField? Find(string key)
    {
        foreach (var (field, name, column) in Names)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase) || key.Equals(column, StringComparison.OrdinalIgnoreCase))
                return field;
        }
        return null;
    }

    /// <summary>The three names that a mistyped one may have meant, the likeliest first.</summary>
    public static IEnumerable<string> Near(string key) =>
        Names.Select(known => (known.Name, Away: Math.Min(Distance(key, known.Name), Math.Min(Distance(key, known.Column), Distance(key, known.Name[(known.Name.IndexOf('.') + 1)..])))))
            .OrderBy(near => near.Away).Take(3).Select(near => near.Name);

    /// <summary>Letters to add, take away or exchange (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1;
                (corner, row[j]) = (row[j], Math.Min(corner + same, Math.Min(row[j], row[j - 1]) + 1));
            }
        }
        return row[^1];
    }
}
