using System.Text.Json.Serialization;

namespace ProfileStoreSender.SendingToOdp;

/// <summary>One object of the array that POST /v3/events takes. Names as documented (facts/destinations, section 5).</summary>
internal sealed record OdpEvent
{
    public string Type { get; init; } = "order";

    /// <summary><c>purchase</c>, <c>return</c> (goods came back) or <c>refund</c> (money alone).</summary>
    public required string Action { get; init; }

    /// <summary>Who bought: the only place of personal data.</summary>
    public required IReadOnlyDictionary<string, string> Identifiers { get; init; }

    public required OdpData Data { get; init; }
}

internal sealed record OdpData
{
    /// <summary>When the receipt was closed: seconds since 1970, UTC.</summary>
    public required long Ts { get; init; }

    public required OdpOrder Order { get; init; }
}

/// <summary>
/// An order. Of a return, amounts are negative and quantities positive, of a refund the amounts are positive and there are no items, as in the vendor's examples;
/// <c>tax</c> is left out of both, because there it would mean what remains of the original order.
/// </summary>
internal sealed record OdpOrder
{
    /// <summary>The fields that have a meaning already.</summary>
    public static readonly IReadOnlySet<string> StandardFields = new HashSet<string> { "order_id", "total", "subtotal", "tax", "shipping", "discount", "coupon_code", "items" };

    /// <summary>Stable; of a return, that of the order the goods were bought with, where the till knows it.</summary>
    public required string OrderId { get; init; }

    public required decimal Total { get; init; }

    public required decimal Subtotal { get; init; }

    public decimal? Tax { get; init; }

    public decimal? Discount { get; init; }

    /// <summary>Absent where only money went back.</summary>
    public IReadOnlyList<OdpItem>? Items { get; init; }

    /// <summary>Custom fields, as configured. Settable, because the generated writer takes init-only ones for part of a constructor.</summary>
    [JsonExtensionData]
    public Dictionary<string, object>? Fields { get; set; }
}

/// <summary>One line. Custom fields are not allowed here.</summary>
internal sealed record OdpItem
{
    /// <summary>The retailer's product code.</summary>
    public required string ProductId { get; init; }

    /// <summary>Of one unit, before discount.</summary>
    public required decimal Price { get; init; }

    /// <summary>Has decimals for weighed goods.</summary>
    public required decimal Quantity { get; init; }

    public decimal? Discount { get; init; }

    /// <summary>Of the line after discount.</summary>
    public required decimal Subtotal { get; init; }
}

/// <summary>Generated writer; names are snake_case and absent values are left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OdpEvent))]
[JsonSerializable(typeof(string))]
internal sealed partial class OdpJson : JsonSerializerContext;
