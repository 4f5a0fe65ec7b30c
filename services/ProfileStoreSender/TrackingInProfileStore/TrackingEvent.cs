using System.Text.Json.Serialization;

namespace ProfileStoreSender.TrackingInProfileStore;

/// <summary>
/// The body of POST /api/v1.0/Track. Envelope fields as documented (facts/destinations, section 1); payload names are kept by the store as
/// sent and are case-sensitive in queries, so they are frozen: a change of them is a new <see cref="Payload.Version"/>.
/// </summary>
internal sealed record TrackingEvent
{
    /// <summary>One per customer; the store joins a profile's events by it.</summary>
    public required string DeviceId { get; init; }

    /// <summary><c>StorePurchase</c> or <c>StoreReturn</c> unless configured otherwise.</summary>
    public required string EventType { get; init; }

    /// <summary>When the receipt was closed, UTC, <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
    public required string EventTime { get; init; }

    /// <summary>The sentence on the profile's timeline; without personal data.</summary>
    public required string Value { get; init; }

    /// <summary>The web site's scope.</summary>
    public required string Scope { get; init; }

    /// <summary>The same for every attempt; not documented, but read back by the store's query API.</summary>
    public required string TrackId { get; init; }

    /// <summary>Who bought: the only place of personal data.</summary>
    public required TrackedUser User { get; init; }

    /// <summary>What was bought.</summary>
    public required Payload Payload { get; init; }
}

/// <summary>Who bought.</summary>
internal sealed record TrackedUser(string? Name, string Email);

/// <summary>The order, shaped like the web site's own order event, and what only a store knows.</summary>
internal sealed record Payload
{
    /// <summary>Of this shape; 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Always <c>store</c>; the web site's events say <c>web</c>.</summary>
    public string Channel { get; init; } = "store";

    public required TrackedOrder Order { get; init; }

    public required TrackedStore Store { get; init; }

    /// <summary>Id in this system of the other half, where goods were bought and others came back on one receipt.</summary>
    public Guid? ExchangeOrderId { get; init; }

    /// <summary>For a return: true where only money went back.</summary>
    public bool? GoodsKept { get; init; }

    /// <summary>For a return: the receipt the goods were bought with, where the till knows it.</summary>
    public TrackedReceipt? OriginalReceipt { get; init; }
}

/// <summary>Names and meaning of the web site's order event; amounts are positive, for a return too.</summary>
internal sealed record TrackedOrder
{
    public required string OrderNo { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Sum of the lines after their discounts.</summary>
    public required decimal Subtotal { get; init; }

    /// <summary>Always 0: goods were carried home.</summary>
    public decimal Shipping { get; init; }

    /// <summary>What was paid or paid back.</summary>
    public required decimal Total { get; init; }

    public decimal? Tax { get; init; }

    public decimal? Discount { get; init; }

    public required bool PricesIncludeTax { get; init; }

    /// <summary>True when the event was too large and descriptions and barcodes, perhaps lines too, are missing; absent otherwise.</summary>
    public bool? Trimmed { get; init; }

    /// <summary>How many lines are missing at the end of <see cref="Items"/>; absent when none is. Amounts count all of them.</summary>
    public int? LinesOmitted { get; init; }

    public required IReadOnlyList<TrackedItem> Items { get; init; }
}

/// <summary>One line. <c>qty</c> has decimals for weighed goods.</summary>
internal sealed record TrackedItem
{
    /// <summary>The retailer's product code.</summary>
    public required string RefCode { get; init; }

    /// <summary>What a till sells is always a variant; its code is all the till knows.</summary>
    public required TrackedVariant Variant { get; init; }

    public required decimal Qty { get; init; }

    /// <summary>Of one unit, before discount.</summary>
    public required decimal Price { get; init; }

    /// <summary>On the whole line; absent when there is none.</summary>
    public decimal? Discount { get; init; }

    /// <summary>Of the line after discount.</summary>
    public required decimal Total { get; init; }

    public string? Unit { get; init; }

    public string? Barcode { get; init; }

    public string? Description { get; init; }
}

internal sealed record TrackedVariant(string Sku);

/// <summary>What only a store knows.</summary>
internal sealed record TrackedStore
{
    public required string StoreId { get; init; }

    public string? RegisterId { get; init; }

    public string? ReceiptNumber { get; init; }

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>The ERP or POS the order came from.</summary>
    public required string Source { get; init; }

    /// <summary>The order's id in this system.</summary>
    public required Guid OrderId { get; init; }
}

/// <summary>Names an earlier receipt.</summary>
internal sealed record TrackedReceipt(Guid? OrderId, string? StoreId, string? RegisterId, string? ReceiptNumber, DateOnly? BusinessDate);

/// <summary>Generated reader and writer; names are camelCase and absent values are left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TrackingEvent))]
internal sealed partial class TrackingJson : JsonSerializerContext;
