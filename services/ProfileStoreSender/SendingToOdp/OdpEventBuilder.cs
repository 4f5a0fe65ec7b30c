using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.SendingToOdp;

/// <summary>Turns an order, and its customer or card, into an event of ODP. Pure: the same input gives the same bytes.</summary>
internal sealed class OdpEventBuilder(OdpOptions options)
{
    // Root of every id; never changes, or every order could be sent a second time.
    private static readonly Guid Ids = new("b0a2b8c4-5a0f-5f0e-8d53-1f4c9b7d2e64");

    private static readonly OdpJson Json = new(new JsonSerializerOptions(OdpJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The event and its id; trimmed where it has more bytes than are taken.</summary>
    public BuiltEvent Build(TrackingRequest request, int largest = OdpDestination.LargestEvent)
    {
        var (orderId, order) = (request.OrderId, request.Order);
        var action = order.Kind != OrderKind.Return ? "purchase" : order.GoodsKept == true ? "refund" : "return";
        return EventTrimming.Fit(NameBasedId.Create(Ids, $"{orderId:D}|{Destinations.Odp}|{action}").ToString("D"), order, largest, shown => JsonSerializer.SerializeToUtf8Bytes(
            new OdpEvent
            {
                Action = action,
                Identifiers = Identifiers(request),
                Data = new()
                {
                    Ts = order.OccurredAt.ToUnixTimeSeconds(),
                    Order = action switch
                    {
                        "purchase" => Bought(orderId, order, shown),
                        "refund" => Refunded(orderId, order, shown),
                        _ => Returned(orderId, order, shown),
                    },
                },
            },
            Json.OdpEvent));
    }

    // The card as it was looked up by, never as it was scanned: two ways of writing one card would be two people, and a till's own card everybody.
    private Dictionary<string, string> Identifiers(TrackingRequest request)
    {
        var identifiers = new Dictionary<string, string>();
        if (request.Customer is { } customer)
            identifiers["email"] = customer.Email;
        if (options.CardIdentifier is { Length: > 0 } name && (request.Customer?.Card ?? request.Card?.Number) is { } card)
            identifiers[name] = card;
        return identifiers;
    }

    private OdpOrder Bought(Guid orderId, Order order, LinesShown shown) => new()
    {
        OrderId = orderId.ToString("D"),
        Total = order.Totals.Gross,
        Subtotal = order.Lines.Sum(line => line.Total),
        Tax = order.Totals.Tax,
        Discount = order.Totals.Discount,
        Items = [.. shown.Of(order).Select(line => new OdpItem
        {
            ProductId = line.Sku,
            Price = line.UnitPrice,
            Quantity = line.Quantity,
            Discount = line.Discount == 0 ? null : line.Discount,
            Subtotal = line.Total,
        })],
        Fields = Fields(orderId, order, shown),
    };

    // A return whose receipt nobody knows stands for itself: there is no order to reduce, but the customer's turnover is.
    private OdpOrder Returned(Guid orderId, Order order, LinesShown shown) => new()
    {
        OrderId = (order.OriginalReceipt?.OrderId ?? orderId).ToString("D"),
        Total = -order.Totals.Gross,
        Subtotal = -order.Lines.Sum(line => line.Total),
        Items = [.. shown.Of(order).Select(line => new OdpItem { ProductId = line.Sku, Price = -line.UnitPrice, Quantity = line.Quantity, Subtotal = -line.Total })],
        Fields = Fields(orderId, order, shown),
    };

    // Money alone: positive and without items, or the goods would count as brought back.
    private OdpOrder Refunded(Guid orderId, Order order, LinesShown shown) => new()
    {
        OrderId = (order.OriginalReceipt?.OrderId ?? orderId).ToString("D"),
        Total = order.Totals.Gross,
        Subtotal = order.Lines.Sum(line => line.Total),
        Fields = Fields(orderId, order, shown),
    };

    private Dictionary<string, object>? Fields(Guid orderId, Order order, LinesShown shown)
    {
        if (options.OrderFields.Count == 0)
            return null;
        var fields = new Dictionary<string, object>();
        foreach (var (name, value) in options.OrderFields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            if (Value(value, orderId, order, shown) is { } text)
                fields[name] = text;
        }
        return fields;
    }

    private static string? Value(OdpOrderValue value, Guid orderId, Order order, LinesShown shown) => value switch
    {
        OdpOrderValue.StoreId => order.StoreId,
        OdpOrderValue.RegisterId => order.RegisterId,
        OdpOrderValue.ReceiptNumber => order.ReceiptNumber,
        OdpOrderValue.OrderNumber => order.OrderNumber,
        OdpOrderValue.BusinessDate => order.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        OdpOrderValue.Source => order.Source,
        OdpOrderValue.Currency => order.Currency,
        OdpOrderValue.Channel => "store",
        OdpOrderValue.OrderId => orderId.ToString("D"),
        OdpOrderValue.ExchangeOrderId => order.ExchangeOrderId?.ToString("D"),
        OdpOrderValue.LinesOmitted => shown.Omitted(order)?.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
