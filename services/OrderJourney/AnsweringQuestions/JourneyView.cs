using Contracts.CustomerResolution;
using OrderJourney.Journey;

namespace OrderJourney.AnsweringQuestions;

/// <summary>A journey as shown. Holds no personal data: only whether and by whom the customer was identified.</summary>
internal sealed record JourneyView
{
    public required Guid OrderId { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset StateSince { get; init; }

    /// <summary>What the state means, and what happens next, in a sentence.</summary>
    public required string Says { get; init; }

    public OrderSummary? Order { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? CustomerFoundBy { get; init; }

    public string? ResolutionFailure { get; init; }

    /// <summary>Why the order is kept on purpose, where it is and somebody said why.</summary>
    public SuppressionReason? SuppressedBecause { get; init; }

    /// <summary>True when the order's card was used more often than a customer does: perhaps a till's own.</summary>
    public required bool CardLooksShared { get; init; }

    /// <summary>Since when this tracked order belongs to somebody else than it was tracked for: by a notice about its card, or by a later answer.</summary>
    public DateTimeOffset? CardMovedAt { get; init; }

    public required IReadOnlyDictionary<string, string> Destinations { get; init; }

    public required int Attempts { get; init; }

    public DateTimeOffset? NextCheckAt { get; init; }

    public IReadOnlyList<TimelineEntry>? Timeline { get; init; }

    public static JourneyView Of(OrderJourneySaga journey, IReadOnlyList<TimelineEntry>? timeline) => new()
    {
        OrderId = journey.CorrelationId,
        State = journey.CurrentState,
        StateSince = journey.StateSince,
        Says = Explain(journey),
        Order = journey.Summary,
        ReceivedAt = journey.ReceivedAt,
        UpdatedAt = journey.UpdatedAt,
        CustomerFoundBy = journey.KnownCustomer()?.Origin.ToString(),
        ResolutionFailure = journey.KnownCustomer() is null ? journey.KnownFailure()?.ToString() : null,
        SuppressedBecause = JourneyRules.SuppressedBecause(journey),
        CardLooksShared = journey.CardLooksShared,
        CardMovedAt = journey.CardMovedAt,
        Destinations = journey.Destinations.ToDictionary(d => d.Key, d => d.Value.ToString()),
        Attempts = journey.Attempts,
        NextCheckAt = journey.NextCheckAt,
        Timeline = timeline,
    };

    private static string Explain(OrderJourneySaga journey) => journey.CurrentState switch
    {
        JourneyState.Received => "Accepted; the customer is being looked up.",
        JourneyState.AwaitingCustomer => $"No customer yet ({journey.KnownFailure()}); looked up again at {journey.NextCheckAt:u}.",
        JourneyState.Resolved => "The customer is known; a destination's answer is awaited.",
        JourneyState.Tracked => "Every destination has accepted it.",
        JourneyState.Suppressed when JourneyRules.SuppressedBecause(journey) is SuppressionReason.ConsentWithdrawn => "Kept, and not sent: the customer has withdrawn consent.",
        JourneyState.Suppressed when JourneyRules.SuppressedBecause(journey) is SuppressionReason.Blocked => "Kept, and not sent: the customer is blocked.",
        JourneyState.Suppressed when journey.IsErased() => "Kept without its customer, who was erased; never sent.",
        JourneyState.Suppressed when JourneyRules.SuppressedBecause(journey) is SuppressionReason.Erased or SuppressionReason.OnSuppressionList =>
            "Kept, and not sent: the customer is on the suppression list.",
        JourneyState.Suppressed => "Kept, and not sent: sending is switched off.",
        JourneyState.Unidentified => $"Nobody can be identified ({journey.KnownFailure()}); POST /journeys/{{orderId}}/retry looks again, POST /journeys/{{orderId}}/claim says who it is.",
        JourneyState.NeedsAttention when journey.Destinations.ContainsValue(DestinationAnswer.Refused) =>
            "A destination refused it; GET /deliveries/{orderId} at ProfileStoreSender holds the answer, POST /journeys/{orderId}/retry sends it again.",
        _ => "Nobody answered for too long; POST /journeys/{orderId}/retry asks again.",
    };
}

/// <summary>Journeys, newest first.</summary>
/// <param name="Journeys">One page.</param>
/// <param name="Next">For <c>after</c>; null on the last page.</param>
internal sealed record JourneyPage(IReadOnlyList<JourneyView> Journeys, string? Next);

/// <summary>How many journeys there are in each state.</summary>
internal sealed record JourneySummary(long Total, IReadOnlyDictionary<string, long> States);

/// <summary>Which of these orders have a journey?</summary>
internal sealed record OrdersInQuestion(IReadOnlyList<Guid>? OrderIds);

/// <summary>These.</summary>
internal sealed record KnownOrders(IReadOnlyList<Guid> Known);
