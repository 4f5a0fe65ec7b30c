using Contracts.CustomerResolution;

namespace OrderJourney.Journey;

/// <summary>Pure: which state the facts amount to, what is missing, and when to look again.</summary>
internal static class JourneyRules
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>The state is a function of the facts alone.</summary>
    public static string StateOf(OrderJourneySaga saga, IReadOnlyList<string> required)
    {
        DestinationAnswer? Of(string destination) => saga.Destinations.TryGetValue(destination, out var answer) ? answer : null;

        // Nothing is asked for any more; what every destination has, it has.
        if (saga.IsErased())
            return required.All(d => Of(d) == DestinationAnswer.Tracked) ? JourneyState.Tracked : JourneyState.Suppressed;

        // A refusal by one is shown once the others have had their say: what needs attention is not asked for any more.
        if (!Missing(saga, required).Any())
            return required.Any(d => Of(d) == DestinationAnswer.Refused) ? JourneyState.NeedsAttention
                : required.Any(d => Of(d) == DestinationAnswer.Tracked) ? JourneyState.Tracked : JourneyState.Suppressed;
        if (saga.KnownCustomer() is not null)
            return saga.DeadlineOver ? JourneyState.NeedsAttention : JourneyState.Resolved;
        return saga.KnownFailure() switch
        {
            // What a destination says without a failure before it, it says of a customer: that answer is on its way. With one, the card alone may have sufficed.
            null when saga.Destinations.Count > 0 && !saga.IsTrackedByCardAlone() => saga.DeadlineOver ? JourneyState.NeedsAttention : JourneyState.Resolved,
            null => saga.DeadlineOver ? JourneyState.NeedsAttention : JourneyState.Received,
            CustomerResolutionFailureReason.Blocked or CustomerResolutionFailureReason.ConsentWithdrawn => JourneyState.Suppressed,
            CustomerResolutionFailureReason.NoIdentifier or CustomerResolutionFailureReason.Ambiguous => JourneyState.Unidentified,
            _ => saga.DeadlineOver ? JourneyState.Unidentified : JourneyState.AwaitingCustomer,
        };
    }

    /// <summary>Why an order that is suppressed is; null for every other, and where nobody said why.</summary>
    public static SuppressionReason? SuppressedBecause(OrderJourneySaga saga) => saga switch
    {
        not { CurrentState: JourneyState.Suppressed } => null,
        _ when saga.IsErased() => SuppressionReason.Erased,
        _ when saga.Destinations.ContainsValue(DestinationAnswer.Suppressed) => saga.SuppressedBecause,
        _ when saga.KnownFailure() == CustomerResolutionFailureReason.Blocked => SuppressionReason.Blocked,
        _ when saga.KnownFailure() == CustomerResolutionFailureReason.ConsentWithdrawn => SuppressionReason.ConsentWithdrawn,
        _ => null,
    };

    /// <summary>Required destinations that have given no final answer.</summary>
    public static IEnumerable<string> Missing(OrderJourneySaga saga, IReadOnlyList<string> required) =>
        required.Where(d => saga.Destinations.GetValueOrDefault(d) is not (DestinationAnswer.Tracked or DestinationAnswer.Suppressed or DestinationAnswer.Refused));

    /// <summary>What to ask for when a journey is overdue.</summary>
    public static MissingStep Missing(OrderJourneySaga saga) => saga.CurrentState switch
    {
        not (JourneyState.Received or JourneyState.AwaitingCustomer or JourneyState.Resolved) => MissingStep.Nothing,
        // Without the order no command can be sent; the journal's reconciliation brings it, as this journey does not count as known till then.
        _ when !saga.HasOrder => MissingStep.Order,
        _ => saga.KnownCustomer() is null ? MissingStep.Customer : MissingStep.Tracking,
    };

    /// <summary>True when waiting has lasted too long and the journey should end where a person sees it.</summary>
    public static bool IsOver(OrderJourneySaga saga, JourneyOptions options, DateTimeOffset now) =>
        now - saga.StateSince >= (saga.CurrentState == JourneyState.AwaitingCustomer ? options.WaitForCustomer : options.GiveUpAfter);

    /// <summary>When to look again, after <see cref="OrderJourneySaga.Attempts"/> requests; null where nothing is awaited.</summary>
    public static DateTimeOffset? NextCheck(OrderJourneySaga saga, string state, JourneyOptions options, DateTimeOffset now)
    {
        TimeSpan? pause = state switch
        {
            JourneyState.Received => Growing(options.ResolutionDeadline, LongestPause),
            JourneyState.Resolved when saga.Destinations.ContainsValue(DestinationAnswer.Unavailable) => Growing(options.FirstRecheck, options.LongestOutageRecheck),
            JourneyState.Resolved => Growing(options.TrackingDeadline, LongestPause),
            JourneyState.AwaitingCustomer when saga.KnownFailure() == CustomerResolutionFailureReason.NotFound => Growing(options.FirstRecheck, options.LongestRecheck),
            JourneyState.AwaitingCustomer => Growing(options.FirstRecheck, options.LongestOutageRecheck),
            _ => null,
        };
        return now + pause;

        TimeSpan Growing(TimeSpan first, TimeSpan longest)
        {
            var grown = first * Math.Pow(2, Math.Min(saga.Attempts, 20));
            return grown < longest ? grown : longest < first ? first : longest;
        }
    }
}

/// <summary>What an overdue journey lacks.</summary>
internal enum MissingStep
{
    /// <summary>Nothing that a command could bring.</summary>
    Nothing,

    /// <summary>The order itself.</summary>
    Order,

    /// <summary>The customer.</summary>
    Customer,

    /// <summary>A destination's answer.</summary>
    Tracking,
}
