using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.TrackingInProfileStore;

/// <summary>Turns an order and its customer into the body to send. Pure: the same input gives the same bytes.</summary>
internal sealed class TrackingEventBuilder(ProfileStoreOptions options)
{
    // Root of every trackId; never changes, or every order could be sent a second time under another id.
    private static readonly Guid TrackIds = new("6f0d5f0c-5a3e-5b53-9c0e-0b8f1c1c7a11");

    // Readers get letters as letters; the body is never put into a page.
    private static readonly TrackingJson Json = new(new JsonSerializerOptions(TrackingJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The event and its id; trimmed where it has more bytes than are taken.</summary>
    public BuiltEvent Build(Guid orderId, Order order, Customer customer, int largest = ProfileStoreDestination.LargestEvent)
    {
        var trackId = TrackId(orderId, order);
        return EventTrimming.Fit(trackId, order, largest, shown => JsonSerializer.SerializeToUtf8Bytes(Event(orderId, order, customer, trackId, shown), Json.TrackingEvent));
    }

    /// <summary>Derived from order, destination and event type alone.</summary>
    public string TrackId(Guid orderId, Order order) =>
        NameBasedId.Create(TrackIds, $"{orderId:D}|{Destinations.ProfileStore}|{EventType(order)}").ToString("D");

    /// <summary>Whatever the web site uses for the same person, so that both meet in one profile.</summary>
    public string DeviceId(string email) => options.DeviceId switch
    {
        DeviceIdKind.Email => Normalize(email),
        DeviceIdKind.Constant => options.ConstantDeviceId!,
        DeviceIdKind.EmailHashAsIs => Hash(email),
        _ => Hash(Normalize(email)),
    };

    private static string Hash(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email)));

    private TrackingEvent Event(Guid orderId, Order order, Customer customer, string trackId, LinesShown shown)
    {
        var orderNo = OrderNo(orderId, order);
        return new()
        {
            DeviceId = DeviceId(customer.Email),
            EventType = EventType(order),
            EventTime = order.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            Value = ValueSentence.Fill(order.Kind == OrderKind.Return ? options.ReturnValueTemplate : options.ValueTemplate, order, orderNo),
            Scope = options.Scope,
            TrackId = trackId,
            User = new(customer.Name, customer.Email.Trim()),
            Payload = new()
            {
                Order = Tracked(order, orderNo, shown),
                Store = new()
                {
                    StoreId = order.StoreId,
                    RegisterId = order.RegisterId,
                    ReceiptNumber = order.ReceiptNumber,
                    BusinessDate = order.BusinessDate,
                    Source = order.Source,
                    OrderId = orderId,
                },
                ExchangeOrderId = order.ExchangeOrderId,
                GoodsKept = order.GoodsKept,
                OriginalReceipt = order is { Kind: OrderKind.Return, OriginalReceipt: { } original }
                    ? new(original.OrderId, original.StoreId, original.RegisterId, original.ReceiptNumber, original.BusinessDate) : null,
            },
        };
    }

    private static TrackedOrder Tracked(Order order, string orderNo, LinesShown shown) => new()
    {
        OrderNo = orderNo,
        Currency = order.Currency,
        Subtotal = order.Lines.Sum(line => line.Total),
        Total = order.Totals.Gross,
        Tax = order.Totals.Tax,
        Discount = order.Totals.Discount,
        PricesIncludeTax = order.PricesIncludeTax,
        Trimmed = shown == LinesShown.All ? null : true,
        LinesOmitted = shown.Omitted(order),
        Items = [.. shown.Of(order).Select(line => new TrackedItem
        {
            RefCode = line.Sku,
            Variant = new(line.Sku),
            Qty = line.Quantity,
            Price = line.UnitPrice,
            Discount = line.Discount == 0 ? null : line.Discount,
            Total = line.Total,
            Unit = line.Unit,
            Barcode = line.Barcode,
            Description = line.Description,
        })],
    };

    /// <summary>The ERP's own number, or the receipt's key written as one text.</summary>
    private static string OrderNo(Guid orderId, Order order) =>
        order.OrderNumber is { Length: > 0 } number ? number
        : order.ReceiptNumber is { Length: > 0 } receipt ? string.Create(CultureInfo.InvariantCulture, $"{order.StoreId}-{order.RegisterId}-{order.BusinessDate:yyyyMMdd}-{receipt}")
        : orderId.ToString("D");

    private string EventType(Order order) => order.Kind == OrderKind.Return ? options.ReturnEventType : options.EventType;

    private static string Normalize(string email) => email.Trim().ToLowerInvariant();
}
