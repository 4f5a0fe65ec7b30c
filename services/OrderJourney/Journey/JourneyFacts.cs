using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;

namespace OrderJourney.Journey;

/// <summary>
/// Takes what a message says into the saga. Learning is idempotent and does not depend on the order of arrival: a fact is only ever added,
/// or replaced by one of higher rank. What was known already leaves no news.
/// </summary>
internal static class JourneyFacts
{
    public static void Learn(this OrderJourneySaga saga, OrderReceived message)
    {
        if (saga.ReceivedAt is not null)
            return;
        saga.ReceivedAt = message.ReceivedAt;
        saga.LearnOrder(message.Order);
        saga.Tell(message.ReceivedAt, nameof(OrderReceived), $"from {message.Order.Source}");
    }

    public static void Learn(this OrderJourneySaga saga, OrderTracked message)
    {
        if (message.CustomerKey is { } key && !saga.IsErased() && saga.TrackedFor.Add(key))
            saga.HasChanged = true;
        saga.LearnAnswer(message.Destination, DestinationAnswer.Tracked, message.TrackedAt, nameof(OrderTracked), message.Destination);
        saga.WeighMove(message.TrackedAt);
    }

    public static void Learn(this OrderJourneySaga saga, OrderTrackingFailed message)
    {
        // It was sent for whoever was known before.
        if (!saga.IsTracked() && saga.IsOutdated(message.FailedAt))
            return;
        var answer = message.Reason switch
        {
            OrderTrackingFailureReason.Refused => DestinationAnswer.Refused,
            OrderTrackingFailureReason.Suppressed => DestinationAnswer.Suppressed,
            _ => DestinationAnswer.Unavailable,
        };
        var tookIt = saga.Destinations.GetValueOrDefault(message.Destination) == DestinationAnswer.Tracked;
        if (!tookIt && answer == DestinationAnswer.Suppressed && message.SuppressedBecause is { } reason && !(reason <= saga.SuppressedBecause))
            (saga.SuppressedBecause, saga.HasChanged) = (reason, true);
        var status = message.StatusCode is { } code ? $", HTTP {code}" : "";
        saga.LearnAnswer(message.Destination, answer, message.FailedAt, nameof(OrderTrackingFailed), $"{message.Destination}: {message.Reason}{status}");
    }

    /// <summary>A person asks for another try: what went wrong is forgotten, what succeeded is not.</summary>
    public static void Forget(this OrderJourneySaga saga, DateTimeOffset now)
    {
        (saga.ResolutionFailure, saga.FailureAskedAt) = (null, null);
        saga.Statements = saga.Statements?.WithoutDroppedClaim();
        saga.DeadlineOver = false;
        saga.ForgetAnswers();
        saga.Tell(now, "RetryRequested", null);
    }

    /// <summary>Destinations have their say again, except those that accepted.</summary>
    public static void ForgetAnswers(this OrderJourneySaga saga)
    {
        saga.SuppressedBecause = null;
        foreach (var destination in saga.Destinations.Where(d => d.Value != DestinationAnswer.Tracked).Select(d => d.Key).ToList())
            saga.Destinations.Remove(destination);
    }

    public static void Tell(this OrderJourneySaga saga, DateTimeOffset at, string what, string? detail) => saga.News.Add(new(at, what, detail));

    public static void LearnOrder(this OrderJourneySaga saga, Order order)
    {
        if (saga.HasOrder)
            return;
        (saga.HasOrder, saga.HasChanged) = (true, true);
        saga.Summary = OrderSummary.Of(order);
        saga.OrderToStore = saga.IsErased() ? order.WithoutCustomer() : order;
    }

    private static void LearnAnswer(this OrderJourneySaga saga, string destination, DestinationAnswer answer, DateTimeOffset at, string what, string detail)
    {
        if (saga.Destinations.TryGetValue(destination, out var known) && known >= answer)
            return;
        saga.Destinations[destination] = answer;
        // Waiting for a customer that is over does not begin anew because a destination took the card.
        if (saga.KnownCustomer() is not null || saga.KnownFailure() is null)
            saga.DeadlineOver = false;
        saga.Tell(at, what, detail);
    }
}
