using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.OrderJourney;
using Contracts.ProfileStoreSender;

namespace Contracts.Tests;

/// <summary>
/// The values behind StoredMessages. They stand still on purpose: a stored file is what some broker or archive still holds, so version 1
/// is never edited; a member added later gets files of the next version. Nobody in them is real.
/// </summary>
internal static class Examples
{
    internal static readonly Guid Id = new("3f2b8c1e-5d4a-5c6b-9a7f-0123456789ab");
    internal static readonly Guid Replay = new("5c1f9a7e-3b2d-8e4f-a1b0-9c8d7e6f5a4b");
    internal static readonly DateTimeOffset At = new(2026, 11, 20, 16, 12, 0, TimeSpan.Zero);

    internal const string CardKey = "5f2d1c0b9a8e7d6c5b4a39281706f5e4d3c2b1a0998877665544332211000fed";

    internal static readonly Order FullOrder = new()
    {
        Source = "pos-north",
        StoreId = "0412",
        RegisterId = "2",
        ReceiptNumber = "000123",
        OrderNumber = "A-77",
        BusinessDate = new(2026, 11, 20),
        Kind = OrderKind.Return,
        OccurredAt = At,
        Currency = "SEK",
        PricesIncludeTax = true,
        Customer = new() { LoyaltyCard = "2900000000017", CustomerNumber = "C100000", Email = "pat@shop.example", Phone = "+44 1632 960001" },
        Lines =
        [
            new() { Number = 1, Sku = "SHIRT-M", Barcode = "2700000001837", Description = "Shirt, blue, M", Quantity = 2, Unit = "pcs", UnitPrice = 199.50m, Discount = 40.00m, TaxAmount = 71.80m, TaxRate = 25, Total = 359.00m },
            new() { Number = 3, Sku = "APPLES", Description = "Äpplen", Quantity = 0.755m, Unit = "kg", UnitPrice = 29.90m, TaxAmount = 1.28m, TaxRate = 6, Total = 22.57m },
        ],
        Totals = new() { Net = 308.92m, Tax = 73.08m, Discount = 40.00m, Gross = 382.00m, Rounding = 0.43m },
        OriginalReceipt = new() { OrderId = new("11111111-2222-5333-8444-555555555555"), StoreId = "0412", RegisterId = "1", ReceiptNumber = "000099", BusinessDate = new(2026, 11, 18) },
    };

    internal static readonly Order MinimalOrder = new()
    {
        Source = "pos-north",
        StoreId = "0412",
        BusinessDate = new(2026, 11, 20),
        Kind = OrderKind.Sale,
        OccurredAt = At,
        Currency = "EUR",
        PricesIncludeTax = false,
        Customer = new(),
        Lines = [new() { Number = 1, Sku = "A", Quantity = 1, UnitPrice = 5, Total = 5 }],
        Totals = new() { Gross = 5 },
    };

    // What version 2 added: the other half of an exchange, and the number of the order that goods came back from.
    private static readonly Order ExchangedOrder = MinimalOrder with
    {
        Kind = OrderKind.Return,
        OrderNumber = "A-77",
        ExchangeOrderId = new("22222222-3333-5444-8555-666666666666"),
        OriginalReceipt = new() { OrderId = new("11111111-2222-5333-8444-555555555555"), OrderNumber = "A-70" },
    };

    internal static readonly Customer FullCustomer = new() { Email = "Pat@shop.example", Name = "Pat Example", ExternalId = "M-17", Origin = CustomerOrigin.LoyaltyProvider };
    internal static readonly Customer MinimalCustomer = new() { Email = "pat@shop.example", Origin = CustomerOrigin.Order };

    /// <summary>All of them, by file name without <c>.json</c>.</summary>
    public static IReadOnlyDictionary<string, object> All => Version1.Select(example => (Name: $"{example.Key}.v1", example.Value))
        .Concat(Version2.Select(example => (Name: $"{example.Key}.v2", example.Value)))
        .Concat(Version3.Select(example => (Name: $"{example.Key}.v3", example.Value)))
        .Concat(Version4.Select(example => (Name: $"{example.Key}.v4", example.Value)))
        .Concat(Version5.Select(example => (Name: $"{example.Key}.v5", example.Value))).ToDictionary(example => example.Name, example => example.Value);

    /// <inheritdoc cref="AddedExamples.Version3" />
    public static IReadOnlyDictionary<string, object> Version3 => AddedExamples.Version3;

    /// <inheritdoc cref="AddedExamples.Version4" />
    public static IReadOnlyDictionary<string, object> Version4 => AddedExamples.Version4;

    /// <inheritdoc cref="AddedExamples.Version5" />
    public static IReadOnlyDictionary<string, object> Version5 => AddedExamples.Version5;

    /// <summary>By file name, without <c>.v2.json</c>: only the messages to which something was added.</summary>
    public static IReadOnlyDictionary<string, object> Version2 { get; } = new Dictionary<string, object>
    {
        ["OrderReceived.full"] = new OrderReceived { OrderId = Id, Order = ExchangedOrder, ReceivedAt = At.AddSeconds(2) },
        ["ResolveCustomer.full"] = new ResolveCustomer { OrderId = Id, Order = ExchangedOrder, RequestedAt = At.AddMinutes(5) },
        ["CustomerResolved.full"] = new CustomerResolved { OrderId = Id, Order = ExchangedOrder, Customer = FullCustomer, ResolvedAt = At.AddSeconds(3) },
        ["TrackOrder.full"] = new TrackOrder { OrderId = Id, Order = ExchangedOrder, Customer = FullCustomer, Destination = "profile-store", RequestedAt = At.AddMinutes(5) },
    };

    /// <summary>By file name, without <c>.v1.json</c>.</summary>
    public static IReadOnlyDictionary<string, object> Version1 { get; } = new Dictionary<string, object>
    {
        ["OrderReceived.full"] = new OrderReceived { OrderId = Id, Order = FullOrder, ReceivedAt = At.AddSeconds(2) },
        ["OrderReceived.minimal"] = new OrderReceived { OrderId = Id, Order = MinimalOrder, ReceivedAt = At.AddSeconds(2) },
        ["ResolveCustomer.full"] = new ResolveCustomer { OrderId = Id, Order = FullOrder, RequestedAt = At.AddMinutes(5) },
        ["ResolveCustomer.minimal"] = new ResolveCustomer { OrderId = Id, Order = MinimalOrder, RequestedAt = At.AddMinutes(5) },
        ["ResolveCustomerForReplay.full"] = new ResolveCustomerForReplay { OrderId = Id, Order = FullOrder, ReplayId = Replay, Queue = "warehouse", RequestedAt = At.AddDays(90) },
        ["ResolveCustomerForReplay.minimal"] = new ResolveCustomerForReplay { OrderId = Id, Order = MinimalOrder, ReplayId = Replay, Queue = "warehouse", RequestedAt = At.AddDays(90) },
        ["CustomerResolved.full"] = new CustomerResolved { OrderId = Id, Order = FullOrder, Customer = FullCustomer, ResolvedAt = At.AddSeconds(3) },
        ["CustomerResolved.minimal"] = new CustomerResolved { OrderId = Id, Order = MinimalOrder, Customer = MinimalCustomer, ResolvedAt = At.AddSeconds(3) },
        ["CustomerResolutionFailed.full"] = new CustomerResolutionFailed { OrderId = Id, Reason = CustomerResolutionFailureReason.ProviderUnavailable, FailedAt = At.AddSeconds(3).AddTicks(1234567) },
        ["CustomerResolutionFailed.minimal"] = new CustomerResolutionFailed { OrderId = Id, Reason = CustomerResolutionFailureReason.NoIdentifier, FailedAt = At.AddSeconds(3) },
        ["TrackOrder.full"] = new TrackOrder { OrderId = Id, Order = FullOrder, Customer = FullCustomer, Destination = "profile-store", RequestedAt = At.AddMinutes(5) },
        ["TrackOrder.minimal"] = new TrackOrder { OrderId = Id, Order = MinimalOrder, Customer = MinimalCustomer, RequestedAt = At.AddMinutes(5) },
        ["OrderTracked.full"] = new OrderTracked { OrderId = Id, Destination = "profile-store", TrackId = $"{Id:D}", TrackedAt = At.AddSeconds(4).AddTicks(1234567) },
        ["OrderTracked.minimal"] = new OrderTracked { OrderId = Id, Destination = "profile-store", TrackId = $"{Id:D}", TrackedAt = At.AddSeconds(4) },
        ["OrderTrackingFailed.full"] = new OrderTrackingFailed { OrderId = Id, Destination = "profile-store", Reason = OrderTrackingFailureReason.Refused, StatusCode = 400, FailedAt = At.AddSeconds(4) },
        ["LoyaltyCardRegistered.full"] = new LoyaltyCardRegistered { CardKey = CardKey, Email = "pat@shop.example", RegisteredAt = At.AddDays(2) },
        ["LoyaltyCardRegistered.minimal"] = new LoyaltyCardRegistered { CardKey = CardKey, RegisteredAt = At.AddDays(2) },
        ["CustomerConsentChanged.full"] = new CustomerConsentChanged { Email = "pat@shop.example", MayBeTracked = false, Reason = SuppressionReason.Blocked, ChangedAt = At.AddDays(2) },
        ["CustomerConsentChanged.minimal"] = new CustomerConsentChanged { Email = "pat@shop.example", MayBeTracked = true, ChangedAt = At.AddDays(2) },
        ["OrderTrackingFailed.minimal"] = new OrderTrackingFailed { OrderId = Id, Destination = "profile-store", Reason = OrderTrackingFailureReason.Suppressed, FailedAt = At.AddSeconds(4) },
        ["PersonErasureRequested.full"] = new PersonErasureRequested
        {
            ErasureId = Id,
            Round = 2,
            RequestedAt = At.AddDays(3),
            Email = "pat@shop.example",
            Cards = ["2900000000017"],
            CardKeys = [CardKey],
            OrderIds = [Id],
        },
        ["PersonErasureRequested.minimal"] = new PersonErasureRequested { ErasureId = Id, Round = 1, RequestedAt = At.AddDays(3), Cards = [], CardKeys = [], OrderIds = [] },
        ["PersonErased.full"] = new PersonErased
        {
            ErasureId = Id,
            Round = 2,
            Party = "profile-store-sender",
            State = ErasureState.Waiting,
            Rows = 7,
            AnsweredAt = At.AddDays(3).AddSeconds(1),
            Detail = "an order is being sent right now",
            Awaits = ["profile-store"],
            CardKeys = [CardKey],
        },
        ["PersonErased.minimal"] = new PersonErased { ErasureId = Id, Round = 1, Party = "order-ingest", State = ErasureState.Done, Rows = 0, AnsweredAt = At.AddDays(3).AddSeconds(1) },
    };
}
