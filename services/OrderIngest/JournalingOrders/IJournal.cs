namespace OrderIngest.JournalingOrders;

/// <summary>
/// The book at the door. Everything waits while the database is away; a caller who cannot wait cancels. All of it may be repeated without
/// harm.
/// </summary>
internal interface IJournal
{
    /// <summary>Writes orders down, one answer each in the same order. What is answered is committed.</summary>
    Task<IReadOnlyList<JournalAnswer>> Add(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what was not accepted. The same bytes for the same reason are kept once and counted, open or repaired: nobody has to repair them twice.
    /// </summary>
    Task Keep(IReadOnlyList<RejectedInput> inputs, CancellationToken cancellationToken);

    Task<JournaledOrder?> Find(Guid orderId, CancellationToken cancellationToken);

    /// <summary>
    /// Claims the oldest unpublished orders, hands them to <paramref name="publish"/> and marks those it answers with as published. A crash in
    /// between leaves them unpublished. <paramref name="publish"/> must not throw, or the database's retry would take it for its own failure.
    /// </summary>
    /// <param name="most">Orders at a time.</param>
    /// <param name="acknowledgeWithin">When a journey must be known, doubled with every further publication so that a slow journey is not flooded.</param>
    /// <param name="publish">Answers with the ids the broker confirmed.</param>
    /// <param name="cancellationToken">Stops before the next step; what was confirmed is still marked.</param>
    Task<RelayedBatch> Relay(
        int most, TimeSpan acknowledgeWithin, Func<IReadOnlyList<UnpublishedOrder>, CancellationToken, Task<IReadOnlyCollection<Guid>>> publish, CancellationToken cancellationToken);

    /// <summary>Orders that wait because their event is larger than the bus takes now: it took more when they were accepted.</summary>
    Task<long> TooLargeToPublish(CancellationToken cancellationToken);

    /// <summary>When the oldest unpublished order was received, UTC; null when none waits.</summary>
    Task<DateTimeOffset?> OldestUnpublished(CancellationToken cancellationToken);

    /// <summary>What is unfinished; reads only the indexes of that.</summary>
    Task<JournalBacklog> Backlog(CancellationToken cancellationToken);

    /// <summary>Published orders whose journey should be known by now.</summary>
    Task<IReadOnlyList<Guid>> Unacknowledged(int most, CancellationToken cancellationToken);

    /// <summary>Notes which of the asked orders have a journey, and has the others published again.</summary>
    Task Acknowledge(IReadOnlyCollection<Guid> known, IReadOnlyCollection<Guid> unknown, CancellationToken cancellationToken);

    Task<JournalCounts> Count(CancellationToken cancellationToken);
}
