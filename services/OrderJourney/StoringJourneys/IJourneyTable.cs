using Contracts.OrderIngest;
using OrderJourney.Journey;

namespace OrderJourney.StoringJourneys;

/// <summary>The journeys in a database; every call is one round trip for many journeys. One implementation per database.</summary>
internal interface IJourneyTable
{
    /// <summary>Loads the journeys that exist, each as an instance of its own.</summary>
    Task<IReadOnlyDictionary<Guid, OrderJourneySaga>> Load(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Writes rows, their news and new orders in one transaction, and answers the ids that were written. A row is written only if nobody
    /// else wrote it since it was loaded (version). No id occurs twice.
    /// </summary>
    Task<IReadOnlySet<Guid>> Save(IReadOnlyList<OrderJourneySaga> journeys, CancellationToken cancellationToken);

    /// <summary>The orders of these journeys, as far as they hold them.</summary>
    Task<IReadOnlyDictionary<Guid, Order>> ReadOrders(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Takes journeys whose time has come and sets their next check to <paramref name="leaseUntil"/>, so that no other instance and no later
    /// sweep takes them while the message is under way.
    /// </summary>
    Task<IReadOnlyList<JourneyOverdue>> ClaimOverdue(DateTimeOffset now, DateTimeOffset leaseUntil, int limit, CancellationToken cancellationToken);

    /// <summary>Which of these orders have a journey that holds the order.</summary>
    Task<IReadOnlySet<Guid>> Known(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>Questions people ask about journeys.</summary>
internal interface IJourneyQueries
{
    /// <summary>Journeys, newest first.</summary>
    Task<IReadOnlyList<OrderJourneySaga>> Find(JourneyFilter filter, CancellationToken cancellationToken);

    /// <summary>What happened to one order, oldest first.</summary>
    Task<IReadOnlyList<TimelineEntry>> Timeline(Guid id, CancellationToken cancellationToken);

    /// <summary>Journeys by state.</summary>
    Task<IReadOnlyDictionary<string, long>> CountByState(CancellationToken cancellationToken);

    /// <summary>Journeys in a state of <see cref="JourneyState.Open"/>, and when the oldest of each state began; a state without any is missing. Reads no finished journey.</summary>
    Task<IReadOnlyDictionary<string, OpenCount>> CountOpen(CancellationToken cancellationToken);

    /// <summary>How many journeys await their customer that began after each of these moments, the latest moment first; and last, how many of any age.</summary>
    Task<IReadOnlyList<long>> CountAwaitingCustomer(IReadOnlyList<DateTimeOffset> begunAfter, CancellationToken cancellationToken);
}

/// <summary>Which journeys to list.</summary>
/// <param name="State">One of <see cref="JourneyState"/>.</param>
/// <param name="Store">A store's number.</param>
/// <param name="Text">A receipt number, an ERP order number or an order id, whole.</param>
/// <param name="From">First business date.</param>
/// <param name="To">Last business date.</param>
/// <param name="After">Only journeys older than this one: the last of the page before.</param>
/// <param name="Limit">Most journeys to list.</param>
/// <param name="CardMoved">True: only tracked orders whose card is somebody else's by now.</param>
internal sealed record JourneyFilter(
    string? State = null, string? Store = null, string? Text = null, DateOnly? From = null, DateOnly? To = null, JourneyCursor? After = null, int Limit = 50, bool CardMoved = false);

/// <summary>A place in the list.</summary>
internal sealed record JourneyCursor(DateTimeOffset StartedAt, Guid OrderId);

/// <summary>Journeys of one state.</summary>
/// <param name="Count">How many.</param>
/// <param name="Oldest">When this service first heard of the oldest, UTC.</param>
internal readonly record struct OpenCount(long Count, DateTimeOffset Oldest);
