using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using static Contracts.Tests.Examples;

namespace Contracts.Tests;

/// <summary>What later versions added to messages that were there already.</summary>
internal static class AddedExamples
{
    /// <summary>By file name, without <c>.v4.json</c>: destinations that know people by cards, and money that goes back alone.</summary>
    public static IReadOnlyDictionary<string, object> Version4 { get; } = new Dictionary<string, object>
    {
        ["OrderReceived.full"] = new OrderReceived { OrderId = Id, Order = MinimalOrder with { Kind = OrderKind.Return, GoodsKept = true }, ReceivedAt = At.AddSeconds(2) },
        ["ResolveCustomer.full"] = new ResolveCustomer { OrderId = Id, Order = MinimalOrder, RequestedAt = At.AddMinutes(5), TryRefusedAgain = true },
        ["CustomerResolved.full"] = new CustomerResolved { OrderId = Id, Order = MinimalOrder, Customer = FullCustomer with { Card = "2900000000017" }, ResolvedAt = At.AddSeconds(3) },
        ["CustomerResolutionFailed.full"] = new CustomerResolutionFailed
        {
            OrderId = Id,
            Reason = CustomerResolutionFailureReason.NotFound,
            FailedAt = At.AddSeconds(3),
            AskedAt = At.AddSeconds(2),
            CardKey = CardKey,
            Order = MinimalOrder,
            Card = "2900000000017",
            TryRefusedAgain = true,
        },
        ["OrderTracked.full"] = new OrderTracked { OrderId = Id, Destination = "odp", TrackId = $"{Id:D}", TrackedAt = At.AddSeconds(4), CustomerKey = CustomerKey.OfCard(CardKey) },
        ["CustomerConsentChanged.full"] = new CustomerConsentChanged { Email = "pat@shop.example", MayBeTracked = false, Reason = SuppressionReason.Blocked, ChangedAt = At.AddDays(2), CardKey = CardKey },
    };

    /// <summary>By file name, without <c>.v5.json</c>: replays.</summary>
    public static IReadOnlyDictionary<string, object> Version5 { get; } = new Dictionary<string, object>
    {
        ["OrderReceived.full"] = new OrderReceived { OrderId = Id, Order = MinimalOrder, ReceivedAt = At.AddSeconds(2), ReplayId = Replay },
        ["CustomerResolved.full"] = new CustomerResolved
        {
            OrderId = Id,
            Order = MinimalOrder,
            Customer = MinimalCustomer,
            ResolvedAt = At.AddSeconds(3),
            AskedAt = At.AddSeconds(2),
            ReplayId = Replay,
        },
    };

    /// <summary>By file name, without <c>.v3.json</c>: late identity and consent.</summary>
    public static IReadOnlyDictionary<string, object> Version3 { get; } = new Dictionary<string, object>
    {
        ["ResolveCustomer.full"] = new ResolveCustomer
        {
            OrderId = Id,
            Order = MinimalOrder,
            RequestedAt = At.AddMinutes(5),
            Hint = FullOrder.Customer,
            HintFrom = CustomerOrigin.CardRegistration,
            NotBefore = At.AddMinutes(4),
            Noticed = new() { Email = "pat@shop.example" },
        },
        ["CustomerResolved.full"] = new CustomerResolved
        {
            OrderId = Id,
            Order = MinimalOrder,
            Customer = FullCustomer with { Origin = CustomerOrigin.Claim, ConsentSeenAt = At.AddSeconds(2), StatusSeenAt = At.AddSeconds(2) },
            ResolvedAt = At.AddSeconds(3),
            AskedAt = At.AddSeconds(2),
            CardKey = CardKey,
            CardLooksShared = true,
        },
        ["CustomerResolutionFailed.full"] = new CustomerResolutionFailed
        {
            OrderId = Id,
            Reason = CustomerResolutionFailureReason.ConsentWithdrawn,
            FailedAt = At.AddSeconds(3),
            AskedAt = At.AddSeconds(2),
            CardKey = CardKey,
            CardLooksShared = true,
            HintUnusable = true,
        },
        ["TrackOrder.full"] = new TrackOrder
        {
            OrderId = Id,
            Order = MinimalOrder,
            Customer = MinimalCustomer,
            Destination = "profile-store",
            RequestedAt = At.AddMinutes(5),
            CardKey = CardKey,
        },
        ["OrderTracked.full"] = new OrderTracked
        {
            OrderId = Id,
            Destination = "profile-store",
            TrackId = $"{Id:D}",
            TrackedAt = At.AddSeconds(4),
            CustomerKey = CardKey,
        },
        ["OrderTrackingFailed.full"] = new OrderTrackingFailed
        {
            OrderId = Id,
            Destination = "profile-store",
            Reason = OrderTrackingFailureReason.Suppressed,
            FailedAt = At.AddSeconds(4),
            SuppressedBecause = SuppressionReason.ConsentWithdrawn,
        },
    };
}
