namespace OrderJourney.Journey;

/// <summary>Names of the saga's states, as stored and as shown.</summary>
public static class JourneyState
{
    /// <summary>Accepted; nobody has said yet who bought.</summary>
    public const string Received = nameof(Received);

    /// <summary>The customer was not found in a way that may heal: the card is not registered yet, or the provider is away.</summary>
    public const string AwaitingCustomer = nameof(AwaitingCustomer);

    /// <summary>The customer is known; not all destinations have answered.</summary>
    public const string Resolved = nameof(Resolved);

    /// <summary>Final: every destination has accepted the order.</summary>
    public const string Tracked = nameof(Tracked);

    /// <summary>Final: the customer must not be tracked, or sending is switched off. Kept, not lost.</summary>
    public const string Suppressed = nameof(Suppressed);

    /// <summary>Final until somebody acts: nothing identifies the customer, several could be meant, or the waiting time is over.</summary>
    public const string Unidentified = nameof(Unidentified);

    /// <summary>Somebody must look: a destination refused for good, or nobody answered for too long.</summary>
    public const string NeedsAttention = nameof(NeedsAttention);

    /// <summary>Those of orders that are under way, and of those that somebody must look at; who waits for a customer is counted apart.</summary>
    internal static IReadOnlyList<string> Open { get; } = [Received, Resolved, NeedsAttention];

    /// <summary>All of them, in the order of a journey.</summary>
    public static IReadOnlyList<string> All { get; } = [Received, AwaitingCustomer, Resolved, Tracked, Suppressed, Unidentified, NeedsAttention];
}
