using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using MassTransit;

namespace OrderJourney.Journey;

/// <summary>
/// What is remembered of one order's journey: facts that were learned, and when to look again. The state is always what
/// <see cref="JourneyRules"/> makes of the facts, so the order in which they arrived cannot matter.
/// </summary>
public sealed class OrderJourneySaga : SagaStateMachineInstance, ISagaVersion
{
    /// <summary>The order's id.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>How often the row was written; 0 for one that is not stored yet.</summary>
    public int Version { get; set; }

    /// <summary>One of <see cref="JourneyState"/>, or MassTransit's <c>Initial</c>.</summary>
    public string CurrentState { get; set; } = "Initial";

    /// <summary>What identifies the receipt to a person; null until a message brought the order.</summary>
    public OrderSummary? Summary { get; set; }

    /// <summary>True once the order itself is stored beside the journey, so that commands can carry it.</summary>
    public bool HasOrder { get; set; }

    /// <summary>When the journal accepted the order, UTC.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    /// <summary>Who bought, by the last answer; see <see cref="CustomerFacts.KnownCustomer"/> for whether it counts.</summary>
    public Customer? Customer { get; set; }

    /// <summary>When the answer that brought <see cref="Customer"/> was asked for, UTC; null without one, and where an earlier version wrote it.</summary>
    public DateTimeOffset? CustomerAskedAt { get; set; }

    /// <summary>Why there is no customer, by the last answer that said so since the last retry; see <see cref="CustomerFacts.KnownFailure"/> for whether it counts.</summary>
    public CustomerResolutionFailureReason? ResolutionFailure { get; set; }

    /// <summary>When the answer that brought <see cref="ResolutionFailure"/> was asked for, UTC; null without one, and where an earlier version wrote it.</summary>
    public DateTimeOffset? FailureAskedAt { get; set; }

    /// <summary>Key of the order's card, once an answer brought it: what notices about cards are matched by.</summary>
    public string? CardKey { get; set; }

    /// <summary>True when an answer said that the card is used more often than a customer does.</summary>
    public bool CardLooksShared { get; set; }

    /// <summary>What somebody said about the customer since; null where nobody did.</summary>
    internal Statements? Statements { get; set; }

    /// <summary>Whose profiles it went to, as far as destinations said so: keys of customers, in order, and of cards that nobody is known by.</summary>
    public SortedSet<string> TrackedFor { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Since when this tracked order belongs to somebody else than it was tracked for, UTC: by a notice about its card, or by a later answer.</summary>
    public DateTimeOffset? CardMovedAt { get; set; }

    /// <summary>What each destination answered.</summary>
    public Dictionary<string, DestinationAnswer> Destinations { get; set; } = [];

    /// <summary>Why a destination kept the order on purpose, where one said so.</summary>
    public SuppressionReason? SuppressedBecause { get; set; }

    /// <summary>True when a deadline ran out for good: the waiting time for the customer, or the patience with those who do not answer.</summary>
    public bool DeadlineOver { get; set; }

    /// <summary>How often the present step was asked for again.</summary>
    public int Attempts { get; set; }

    /// <summary>When the sweeper should look at this journey, UTC; null when nothing is awaited.</summary>
    public DateTimeOffset? NextCheckAt { get; set; }

    /// <summary>When this service first heard of the order, UTC.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When the present state was entered, UTC: what deadlines are counted from.</summary>
    public DateTimeOffset StateSince { get; set; }

    /// <summary>When something was last learned, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Not stored in the row: what to add to the timeline when the row is written.</summary>
    internal List<TimelineEntry> News { get; } = [];

    /// <summary>Not stored in the row: something changed that is no news to a person. Without it and without news nothing is written.</summary>
    internal bool HasChanged { get; set; }

    /// <summary>Not stored in the row: the order, when this message brought it first.</summary>
    internal Order? OrderToStore { get; set; }
}

/// <summary>What identifies a receipt to a person.</summary>
/// <param name="Source">The ERP or POS.</param>
/// <param name="StoreId">The store.</param>
/// <param name="RegisterId">The till, where known.</param>
/// <param name="ReceiptNumber">The receipt, where known.</param>
/// <param name="OrderNumber">The ERP's number, where known.</param>
/// <param name="BusinessDate">The day the store books it to.</param>
/// <param name="Kind">Sale or return.</param>
/// <param name="OccurredAt">When it was closed at the till, UTC.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Gross">What was paid or given back.</param>
public sealed record OrderSummary(
    string Source, string StoreId, string? RegisterId, string? ReceiptNumber, string? OrderNumber,
    DateOnly BusinessDate, OrderKind Kind, DateTimeOffset OccurredAt, string Currency, decimal Gross)
{
    internal static OrderSummary Of(Order order) => new(
        order.Source, order.StoreId, order.RegisterId, order.ReceiptNumber, order.OrderNumber,
        order.BusinessDate, order.Kind, order.OccurredAt, order.Currency, order.Totals.Gross);
}

/// <summary>A destination's answer. Numbers rank them: a higher one is never replaced by a lower one that arrives late.</summary>
public enum DestinationAnswer
{
    /// <summary>Gave no usable answer; heals by trying again.</summary>
    Unavailable = 1,

    /// <summary>Switched off, or the customer must not be tracked.</summary>
    Suppressed = 2,

    /// <summary>Refused for good.</summary>
    Refused = 3,

    /// <summary>Accepted.</summary>
    Tracked = 4,
}

/// <summary>One line of a journey's timeline. Never holds personal data.</summary>
/// <param name="At">When it happened, UTC, by the clock of the service that said so.</param>
/// <param name="What">The message, or the deed.</param>
/// <param name="Detail">More, where there is more.</param>
public sealed record TimelineEntry(DateTimeOffset At, string What, string? Detail);
