using System.ComponentModel.DataAnnotations;

namespace OrderIngest.ReceivingOrders;

/// <summary>
/// The JSON that <c>POST /orders</c> takes, for the OpenAPI document and for programs that write it. It is read field by field, so that every
/// fault is found at once; nothing is ever deserialised into this type.
/// </summary>
internal sealed record SubmittedOrder
{
    /// <summary>Name of the source; needed only where no API key tells it.</summary>
    public string? Source { get; init; }

    /// <summary>Store number.</summary>
    public required string StoreId { get; init; }

    /// <summary>Till. Needed unless <see cref="OrderNumber"/> is there.</summary>
    public string? RegisterId { get; init; }

    /// <summary>Receipt number. Needed unless <see cref="OrderNumber"/> is there.</summary>
    public string? ReceiptNumber { get; init; }

    /// <summary>The source's own number for the order.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Day the store books the order to, for example 2026-11-20.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary><c>sale</c> or <c>return</c>.</summary>
    [AllowedValues("sale", "return")]
    public required string Kind { get; init; }

    /// <summary>ISO 8601 with offset, for example 2026-11-20T17:12:00+01:00; without one only where the source has a time zone configured.</summary>
    public required string OccurredAt { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Default true.</summary>
    public bool? PricesIncludeTax { get; init; }

    /// <summary>Who bought, as far as known.</summary>
    public SubmittedCustomer? Customer { get; init; }

    /// <summary>At least one that is not voided.</summary>
    public required IReadOnlyList<SubmittedLine> Lines { get; init; }

    /// <summary>As printed on the receipt.</summary>
    public required SubmittedTotals Totals { get; init; }

    /// <summary>
    /// True when goods were bought and others came back on one receipt: its sale and its return are sent as two orders with the same key, both with this flag.
    /// </summary>
    public bool? Exchange { get; init; }

    /// <summary>For a return: true when the goods stayed with the customer and only money went back, as when a price is put right.</summary>
    public bool? GoodsKept { get; init; }

    /// <summary>For a return: the receipt of the purchase.</summary>
    public SubmittedReceipt? OriginalReceipt { get; init; }
}

/// <summary>Who bought. Every part is optional.</summary>
/// <param name="LoyaltyCard">Number of the loyalty card.</param>
/// <param name="CustomerNumber">The source's own number for the customer.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Phone">Telephone number.</param>
internal sealed record SubmittedCustomer(string? LoyaltyCard = null, string? CustomerNumber = null, string? Email = null, string? Phone = null);

/// <summary>One line of goods. In a return all amounts are positive, or all negative.</summary>
internal sealed record SubmittedLine
{
    /// <summary>Position on the receipt, 1 or more, once per order.</summary>
    public required int Number { get; init; }

    /// <summary>Product code.</summary>
    public required string Sku { get; init; }

    /// <summary>Scanned code.</summary>
    public string? Barcode { get; init; }

    /// <summary>Printed text.</summary>
    public string? Description { get; init; }

    /// <summary>Greater than 0.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Absent means pieces.</summary>
    public string? Unit { get; init; }

    /// <summary>Price of one unit.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>Discount on the line.</summary>
    public decimal? Discount { get; init; }

    /// <summary>Tax of the line.</summary>
    public decimal? TaxAmount { get; init; }

    /// <summary>Per cent.</summary>
    public decimal? TaxRate { get; init; }

    /// <summary>After discount.</summary>
    public required decimal Total { get; init; }

    /// <summary>A voided line is left out, whatever else it says.</summary>
    public bool? Voided { get; init; }
}

/// <summary>Totals of the receipt.</summary>
/// <param name="Gross">What was paid, or paid back.</param>
/// <param name="Net">Without tax.</param>
/// <param name="Tax">All tax.</param>
/// <param name="Discount">All discounts.</param>
/// <param name="Rounding">What rounding to cash added or took away.</param>
internal sealed record SubmittedTotals(decimal Gross, decimal? Net = null, decimal? Tax = null, decimal? Discount = null, decimal? Rounding = null);

/// <summary>An earlier receipt.</summary>
/// <param name="StoreId">Store number.</param>
/// <param name="RegisterId">Till.</param>
/// <param name="ReceiptNumber">Receipt number.</param>
/// <param name="BusinessDate">Day the store booked it to.</param>
/// <param name="OrderNumber">The source's own number of the order.</param>
internal sealed record SubmittedReceipt(string? StoreId = null, string? RegisterId = null, string? ReceiptNumber = null, DateOnly? BusinessDate = null, string? OrderNumber = null);
