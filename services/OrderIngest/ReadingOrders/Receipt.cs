namespace OrderIngest.ReadingOrders;

/// <summary>What a till wrote about one transaction, in the same words whatever the format: texts as they stand there, amounts with the till's signs.</summary>
internal sealed class Receipt
{
    public string? StoreId { get; set; }

    public string? RegisterId { get; set; }

    public string? ReceiptNumber { get; set; }

    public string? OrderNumber { get; set; }

    /// <summary>Any of the ways tills write a date; see <see cref="BusinessDates"/>.</summary>
    public string? BusinessDate { get; set; }

    /// <summary>False where the format has no such thing, so that nothing is odd about its absence.</summary>
    public bool MayHaveBusinessDate { get; init; } = true;

    /// <summary>Local, or with an offset.</summary>
    public string? OccurredAt { get; set; }

    public string? Currency { get; set; }

    public bool PricesIncludeTax { get; set; } = true;

    /// <summary>Nothing told whether prices include tax; the lines that stand may, once the voided ones are out.</summary>
    public bool IsTaxGuessed { get; set; }

    /// <summary>The document calls all of it a return; signs say nothing then.</summary>
    public bool IsReturn { get; set; }

    public string? LoyaltyCard { get; set; }

    public string? CustomerNumber { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public List<ReceiptLine> Lines { get; } = [];

    public decimal? Net { get; set; }

    public decimal? Tax { get; set; }

    public decimal? Discount { get; set; }

    /// <summary>What was paid, as the till states it.</summary>
    public decimal? Gross { get; set; }

    public decimal? Rounding { get; set; }

    public string? OriginalStoreId { get; set; }

    public string? OriginalRegisterId { get; set; }

    public string? OriginalReceiptNumber { get; set; }

    /// <summary>The source's own number of the order that goods came back from.</summary>
    public string? OriginalOrderNumber { get; set; }

    public string? OriginalBusinessDate { get; set; }

    /// <summary>What was found odd and read all the same.</summary>
    public List<string> Notes { get; } = [];
}

/// <summary>A line of goods.</summary>
internal sealed class ReceiptLine
{
    /// <summary>Where it is, for faults: <c>LineItem 11</c>.</summary>
    public required string Place { get; init; }

    /// <summary>As written.</summary>
    public string? Number { get; set; }

    public string? Sku { get; set; }

    public string? Barcode { get; set; }

    public string? Description { get; set; }

    public string? Unit { get; set; }

    public decimal? Quantity { get; set; }

    public decimal? UnitPrice { get; set; }

    public decimal? Discount { get; set; }

    /// <summary>What the till says was taken off the whole line; whether the total is before or after it, only the receipt's total tells.</summary>
    public decimal? StatedDiscount { get; set; }

    public decimal? TaxAmount { get; set; }

    public decimal? TaxRate { get; set; }

    public decimal? Total { get; set; }

    /// <summary>The document calls it a return, whatever its signs.</summary>
    public bool IsReturn { get; set; }

    /// <summary>The line takes another one back, or was itself taken back.</summary>
    public bool IsVoid { get; set; }

    /// <summary>Number of the line that a void names, where it does.</summary>
    public string? VoidedNumber { get; set; }

    /// <summary>A coupon or the like, written as if it were goods: what it takes off is no goods that came back.</summary>
    public bool IsDeduction { get; set; }
}
