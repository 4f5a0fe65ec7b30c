namespace Contracts.OrderIngest;

/// <summary>
/// One sale or one return from a till or ERP. Amounts are in <see cref="Currency"/> and never negative: <see cref="Kind"/> carries the
/// sign. Lines that the till voided are never inside.
/// </summary>
public sealed record Order
{
    /// <summary>The configured name of the ERP or POS that sent the order.</summary>
    public required string Source { get; init; }

    /// <summary>The retailer's store number (POSLog RetailStoreID, or BusinessUnit/UnitID from version 6).</summary>
    public required string StoreId { get; init; }

    /// <summary>The till (POSLog WorkstationID); absent only when <see cref="OrderNumber"/> identifies the order.</summary>
    public string? RegisterId { get; init; }

    /// <summary>The till's receipt number (POSLog SequenceNumber); absent only when <see cref="OrderNumber"/> identifies the order.</summary>
    public string? ReceiptNumber { get; init; }

    /// <summary>The ERP's own number for the order, unique within the source; optional beside a full receipt key.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>The day the store books the order to (POSLog BusinessDayDate); may differ from the calendar day after midnight.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>Sale or return.</summary>
    public required OrderKind Kind { get; init; }

    /// <summary>When the receipt was closed at the till, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>ISO 4217 code of every amount in this order, for example <c>EUR</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>True when line prices and totals contain the tax already.</summary>
    public required bool PricesIncludeTax { get; init; }

    /// <summary>What the order says about who bought; every part optional.</summary>
    public required CustomerHint Customer { get; init; }

    /// <summary>At least one line.</summary>
    public required IReadOnlyList<OrderLine> Lines { get; init; }

    /// <summary>The totals as printed on the receipt; not recomputed from the lines.</summary>
    public required OrderTotals Totals { get; init; }

    /// <summary>The other half, where goods were bought and others came back on one receipt: the return's id in the sale, and the sale's in the return.</summary>
    public Guid? ExchangeOrderId { get; init; }

    /// <summary>For a return: true when the goods stayed with the customer and only money went back, as when a price is put right. Absent where nobody says so.</summary>
    public bool? GoodsKept { get; init; }

    /// <summary>For a return: the receipt the goods were bought with, where the till knows it.</summary>
    public ReceiptReference? OriginalReceipt { get; init; }
}
