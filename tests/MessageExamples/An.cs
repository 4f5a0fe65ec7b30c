using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.OrderJourney;
using Contracts.ProfileStoreSender;

namespace MessageExamples;

/// <summary>Valid examples to start from: <c>An.Order() with { StoreId = "S2" }</c>. Nobody in them is real.</summary>
public static class An
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static Order Order(string receipt = "000123", string? card = "2900000000017", string? email = null) => new()
    {
        Source = "pos-north",
        StoreId = "S012",
        RegisterId = "2",
        ReceiptNumber = receipt,
        BusinessDate = new(2026, 11, 20),
        Kind = OrderKind.Sale,
        OccurredAt = Noon,
        Currency = "EUR",
        PricesIncludeTax = true,
        Customer = new() { LoyaltyCard = card, Email = email },
        Lines =
        [
            new() { Number = 1, Sku = "SHIRT-M-BLUE", Barcode = "4006381333931", Description = "Shirt, blue, M", Quantity = 2, Unit = "pcs", UnitPrice = 19.95m, Discount = 4.00m, TaxAmount = 5.73m, TaxRate = 19, Total = 35.90m },
            new() { Number = 3, Sku = "APPLES", Description = "Apples", Quantity = 0.755m, Unit = "kg", UnitPrice = 2.99m, TaxAmount = 0.15m, TaxRate = 7, Total = 2.26m },
        ],
        Totals = new() { Net = 32.28m, Tax = 5.88m, Discount = 4.00m, Gross = 38.16m },
    };

    public static OrderReceived OrderReceived(Guid id, Order? order = null) => new() { OrderId = id, Order = order ?? Order(), ReceivedAt = Noon.AddSeconds(2) };

    public static Customer Customer(string email = "pat@shop.example") => new() { Email = email, Name = "Pat Example", ExternalId = "M-17", Origin = CustomerOrigin.LoyaltyProvider };

    public static CustomerResolved CustomerResolved(Guid id, Order? order = null, Customer? customer = null) =>
        new() { OrderId = id, Order = order ?? Order(), Customer = customer ?? Customer(), ResolvedAt = Noon.AddSeconds(3) };

    public static CustomerResolutionFailed CustomerResolutionFailed(Guid id, CustomerResolutionFailureReason reason = CustomerResolutionFailureReason.NotFound) =>
        new() { OrderId = id, Reason = reason, FailedAt = Noon.AddSeconds(3) };

    /// <summary>Nobody is known by the order's card.</summary>
    public static CustomerResolutionFailed NobodyByCard(Guid id, Order? order = null, string card = "2900000000017", string cardKey = "card-17") =>
        CustomerResolutionFailed(id) with { Order = order ?? Order(), Card = card, CardKey = cardKey };

    public static LoyaltyCardRegistered LoyaltyCardRegistered(string cardKey = "card-17", string? email = null) => new() { CardKey = cardKey, Email = email, RegisteredAt = Noon.AddSeconds(3) };

    /// <summary>Forbids where there is a reason.</summary>
    public static CustomerConsentChanged CustomerConsentChanged(
        SuppressionReason? reason = SuppressionReason.ConsentWithdrawn, string email = "pat@shop.example", DateTimeOffset? at = null) =>
        new() { Email = email, MayBeTracked = reason is null, Reason = reason, ChangedAt = at ?? Noon.AddSeconds(3) };

    public static ResolveCustomer ResolveCustomer(Guid id, Order? order = null) => new() { OrderId = id, Order = order ?? Order(), RequestedAt = Noon.AddSeconds(4) };

    public static ResolveCustomerForReplay ResolveCustomerForReplay(Guid id, Order? order = null, string queue = "a-new-subscriber") =>
        new() { OrderId = id, Order = order ?? Order(), ReplayId = new(9, 0, 0, [0, 0, 0, 0, 0, 0, 0, 9]), Queue = queue, RequestedAt = Noon.AddSeconds(4) };

    public static PersonErasureRequested PersonErasureRequested(Guid erasure, string email = "pat@shop.example", params IReadOnlyList<Guid> orders) =>
        new() { ErasureId = erasure, Round = 1, RequestedAt = Noon.AddMinutes(1), Email = email, Cards = [], CardKeys = [], OrderIds = orders };

    public static PersonErased PersonErased(Guid erasure, string party = "order-ingest") =>
        new() { ErasureId = erasure, Round = 1, Party = party, State = ErasureState.Done, Rows = 1, AnsweredAt = Noon.AddMinutes(2) };

    public static OrderTracked OrderTracked(Guid id, string destination = "profile-store") =>
        new() { OrderId = id, Destination = destination, TrackId = $"{id:D}", TrackedAt = Noon.AddSeconds(4) };

    public static OrderTrackingFailed OrderTrackingFailed(Guid id, OrderTrackingFailureReason reason = OrderTrackingFailureReason.Refused, string destination = "profile-store") =>
        new() { OrderId = id, Destination = destination, Reason = reason, StatusCode = reason == OrderTrackingFailureReason.Refused ? 400 : null, FailedAt = Noon.AddSeconds(4) };

    public static TrackOrder TrackOrder(Guid id, Order? order = null, Customer? customer = null) =>
        new() { OrderId = id, Order = order ?? Order(), Customer = customer ?? Customer(), RequestedAt = Noon.AddSeconds(5) };
}
