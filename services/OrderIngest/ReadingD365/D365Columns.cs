using OrderIngest.ReadingFlatFiles;

namespace OrderIngest.ReadingD365;

/// <summary>
/// What the columns are called. The first name of each is that of the data entities (RetailTransactionEntity, RetailTransactionSalesLineV2Entity), the others are
/// those of the tables behind them (RetailTransactionTable, RetailTransactionSalesTrans). Case does not matter.
/// </summary>
internal static class D365Columns
{
    /// <summary>Columns that both files have; the last one is indispensable, the others tell apart transactions of one number.</summary>
    public static IReadOnlyList<IReadOnlyList<ColumnSource>> OrderId { get; } =
        [.. new[] { new[] { "OperatingUnitNumber" }, ["Store"], ["Terminal"], ["TransactionNumber", "TransactionId"] }.Select(names => (IReadOnlyList<ColumnSource>)[.. names.Select(ColumnSource.MayBe)])];

    public static IReadOnlyList<string> Of(FlatField field) => field switch
    {
        FlatField.OrderNumber => ["TransactionNumber", "TransactionId"],
        FlatField.StoreId => ["OperatingUnitNumber", "Store"],
        FlatField.RegisterId => ["Terminal"],
        // The data entity misspells it.
        FlatField.ReceiptNumber => ["RreceiptId", "ReceiptId", "ReceiptNumber"],
        FlatField.BusinessDate => ["BusinessDate"],
        FlatField.OccurredDate => ["TransactionDate", "TransDate"],
        FlatField.OccurredTime => ["TransactionTime", "TransTime"],
        FlatField.Kind => ["TransactionType", "Type"],
        FlatField.Status => ["EntryStatus", "TransactionStatus"],
        FlatField.Currency => ["Currency"],
        FlatField.PricesIncludeTax => ["IsTaxIncludedInPrice"],
        FlatField.LoyaltyCard => ["LoyaltyCardId"],
        FlatField.CustomerNumber => ["CustomerAccount", "CustAccount"],
        FlatField.Email => ["ReceiptEmail"],
        FlatField.Net => ["NetAmount"],
        FlatField.Gross => ["GrossAmount", "PaymentAmount"],
        FlatField.Discount => ["DiscountAmount", "DiscAmount"],
        FlatField.OriginalReceiptNumber => ["RefundReceiptId"],
        FlatField.LineNumber => ["LineNumber", "LineNum"],
        FlatField.Sku => ["ItemId"],
        FlatField.Barcode => ["BarCode"],
        FlatField.Quantity => ["Quantity", "Qty"],
        FlatField.Unit => ["Unit"],
        FlatField.UnitPrice => ["Price"],
        FlatField.LineDiscount => ["DiscountAmount", "DiscAmount"],
        FlatField.LineTax => ["SalesTaxAmount", "TaxAmount"],
        FlatField.LineTotal => ["NetAmountInclusiveTax", "NetAmountInclTax"],
        FlatField.LineNet => ["NetAmount"],
        FlatField.Voided => ["TransactionStatus"],
        _ => [],
    };

    /// <summary>Where header and lines stand in one file, what a row calls status and net amount is the line's.</summary>
    public static IReadOnlyList<string> OfOneFile(FlatField field) => field switch
    {
        FlatField.Status => ["EntryStatus"],
        FlatField.Net or FlatField.Discount => [],
        _ => Of(field),
    };
}
