using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using MessageExamples;
using OrderJourney.Journey;

namespace OrderJourney.Tests.Journey;

/// <summary>Every event an order can meet, as values that can be shuffled.</summary>
public static class JourneyEvents
{
    public static readonly Guid Id = new("0198aaaa-0000-5000-8000-000000000001");

    public static IReadOnlyList<object> All(Guid id) =>
    [
        An.OrderReceived(id),
        An.CustomerResolved(id),
        An.OrderTracked(id),
        .. Enum.GetValues<CustomerResolutionFailureReason>().Select(reason => An.CustomerResolutionFailed(id, reason)),
        .. Enum.GetValues<OrderTrackingFailureReason>().Select(reason => An.OrderTrackingFailed(id, reason)),
        An.OrderTracked(id, "a-destination-nobody-requires"),
    ];

    /// <summary>What an order of one destination meets when it is stated late who bought: answers that were asked for before it, between and after, and duplicates of the statement.</summary>
    public static IReadOnlyList<object> WithStatements(Guid id) =>
    [
        An.OrderReceived(id),
        An.CustomerResolved(id),
        Tracked(id, "former@shop.example"),
        .. Enum.GetValues<CustomerResolutionFailureReason>().Select(reason => An.CustomerResolutionFailed(id, reason)),
        .. Enum.GetValues<OrderTrackingFailureReason>().Select(reason => An.OrderTrackingFailed(id, reason)),
        Notice(id, 10, "first@shop.example"),
        Notice(id, 20, null),
        Notice(id, 20, "second@shop.example"),
        Claim(id, 30, "claimed@shop.example"),
        Claim(id, 35, "claimed-later@shop.example"),
        Resolved(id, 1, "former@shop.example"),
        Resolved(id, 12, "between@shop.example"),
        Resolved(id, 100, "holder@shop.example"),
        Resolved(id, 100, "also-holder@shop.example"),
        Resolved(id, 101, "holder@shop.example"),
        Failed(id, 1, CustomerResolutionFailureReason.NotFound),
        Failed(id, 15, CustomerResolutionFailureReason.Blocked),
        Failed(id, 100, CustomerResolutionFailureReason.NotFound),
        Failed(id, 101, CustomerResolutionFailureReason.NotFound),
        Failed(id, 102, CustomerResolutionFailureReason.ConsentWithdrawn),
        An.OrderTrackingFailed(id, OrderTrackingFailureReason.Suppressed) with { SuppressedBecause = SuppressionReason.ConsentWithdrawn },
        An.OrderTrackingFailed(id, OrderTrackingFailureReason.Suppressed) with { SuppressedBecause = SuppressionReason.SwitchedOff },
    ];

    /// <summary>As <see cref="WithStatements"/>, and the last claim is by card; what it says is known only after that claim.</summary>
    public static IReadOnlyList<object> WithClaimedCard(Guid id) =>
    [
        .. WithStatements(id),
        Tracked(id, "card-holder@shop.example"),
        ClaimCard(id, 40, "4711"),
        ClaimCard(id, 20, "4712"),
        Notice(id, 25, "card-holder@shop.example", "card-2"),
        Notice(id, 60, null, "card-2"),
        Notice(id, 110, "later-holder@shop.example", "card-2"),
        Failed(id, 105, card: "card-2"),
        Resolved(id, 105, "card-holder@shop.example", "card-2"),
        Resolved(id, 120, "later-holder@shop.example", "card-2"),
    ];

    /// <summary>What an order of two destinations meets, one of which takes it with the card alone while nobody is known by it.</summary>
    public static IReadOnlyList<object> WithCardAlone(Guid id) =>
    [
        An.OrderReceived(id),
        TrackedByCard(id),
        Failed(id, 1),
        Failed(id, 100),
        Failed(id, 102, CustomerResolutionFailureReason.Blocked),
        Resolved(id, 12, "holder@shop.example"),
        Resolved(id, 35, "claimed@shop.example", origin: CustomerOrigin.Claim),
        Tracked(id, "holder@shop.example"),
    ];

    /// <summary>The same with what both destinations say instead of taking it.</summary>
    public static IReadOnlyList<object> WithCardAloneAndFailures(Guid id) =>
    [
        .. WithCardAlone(id),
        .. Enum.GetValues<OrderTrackingFailureReason>().SelectMany(reason => new[] { An.OrderTrackingFailed(id, reason, "odp"), An.OrderTrackingFailed(id, reason) }),
    ];

    /// <summary>The same with what is stated late about who bought.</summary>
    public static IReadOnlyList<object> WithCardAloneAndStatements(Guid id) =>
    [
        .. WithCardAlone(id),
        Notice(id, 10, "holder@shop.example"),
        Notice(id, 20, null),
        Claim(id, 30, "claimed@shop.example"),
    ];

    /// <summary>ODP has the order of a card that nobody is known by.</summary>
    public static OrderTracked TrackedByCard(Guid id) => An.OrderTracked(id, "odp") with { CustomerKey = CustomerKey.OfCard("card-1") };

    public static OrderTracked Tracked(Guid id, string email) => An.OrderTracked(id) with { CustomerKey = CustomerKey.Of(email) };

    public static CustomerStated ClaimCard(Guid id, int second, string card) =>
        new() { OrderId = id, Hint = new() { LoyaltyCard = card }, From = CustomerOrigin.Claim, StatedAt = An.Noon.AddSeconds(second) };

    public static CustomerStated Notice(Guid id, int second, string? email, string card = "card-1") =>
        new() { OrderId = id, CardKey = card, Hint = new() { Email = email }, From = CustomerOrigin.CardRegistration, StatedAt = An.Noon.AddSeconds(second) };

    public static CustomerStated Claim(Guid id, int second, string email) =>
        new() { OrderId = id, Hint = new() { Email = email }, From = CustomerOrigin.Claim, StatedAt = An.Noon.AddSeconds(second) };

    public static CustomerResolved Resolved(Guid id, int askedAt, string email, string card = "card-1", CustomerOrigin origin = CustomerOrigin.LoyaltyProvider) =>
        An.CustomerResolved(id, customer: An.Customer(email) with { Origin = origin }) with { AskedAt = An.Noon.AddSeconds(askedAt), ResolvedAt = An.Noon.AddSeconds(askedAt + 1), CardKey = card };

    public static CustomerResolutionFailed Failed(Guid id, int askedAt, CustomerResolutionFailureReason reason = CustomerResolutionFailureReason.NotFound, string card = "card-1") =>
        An.CustomerResolutionFailed(id, reason) with { AskedAt = An.Noon.AddSeconds(askedAt), FailedAt = An.Noon.AddSeconds(askedAt + 1), CardKey = card };

    internal static void Apply(OrderJourneySaga saga, object message)
    {
        switch (message)
        {
            case OrderReceived received: saga.Learn(received); break;
            case CustomerResolved resolved: saga.Learn(resolved); break;
            case CustomerResolutionFailed failed: saga.Learn(failed); break;
            case OrderTracked tracked: saga.Learn(tracked); break;
            case OrderTrackingFailed failed: saga.Learn(failed); break;
            case CustomerStated stated: saga.Learn(stated); break;
            default: throw new ArgumentException($"No event: {message.GetType().Name}");
        }
    }
}
