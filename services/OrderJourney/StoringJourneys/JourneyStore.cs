using Contracts.OrderIngest;
using MassTransit;
using OrderJourney.Journey;
using ServiceDefaults.GroupingCommits;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.StoringJourneys;

/// <summary>
/// Loads and saves of concurrently handled messages share statements: batches form by themselves while the previous statement runs. A
/// database that is away is waited for; meanwhile messages stay with the broker, unacknowledged.
/// </summary>
internal sealed class JourneyStore : IAsyncDisposable
{
    private const int LargestBatch = 256;

    // About 1 KB each. An order's next event usually comes within a second, so even a few thousand are enough.
    private const int Remembered = 20_000;

    private readonly ServiceDatabase _database;
    private readonly IJourneyTable _table;
    private readonly GroupCommit<Guid, OrderJourneySaga?> _loads;
    private readonly GroupCommit<OrderJourneySaga, bool> _saves;
    private readonly GroupCommit<Guid, Order?> _orders;
    private readonly RecentJourneys _recent = new(Remembered);

    public JourneyStore([FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, IJourneyTable table)
    {
        (_database, _table) = (database, table);
        _loads = new(LoadBatch, LargestBatch);
        _saves = new(SaveBatch, LargestBatch);
        _orders = new(ReadOrders, LargestBatch);
    }

    /// <summary>The journey as the database has it, or null.</summary>
    public Task<OrderJourneySaga?> Load(Guid id, CancellationToken cancellationToken) => _loads.Add(id, cancellationToken);

    /// <summary>
    /// The journey as it was last written here, for one user only; null when it is not remembered. It may be out of date if another process wrote it
    /// since: then <see cref="Save"/> refuses it, and <see cref="Load"/> is right.
    /// </summary>
    public OrderJourneySaga? TakeRecent(Guid id) => _recent.Take(id);

    /// <summary>Writes a journey that has news or changed; completes after the commit.</summary>
    /// <exception cref="ConcurrencyException">Somebody else wrote it since it was loaded: load it again.</exception>
    public async Task Save(OrderJourneySaga journey, CancellationToken cancellationToken)
    {
        if (journey.News.Count == 0 && !journey.HasChanged)
            return;
        if (!await _saves.Add(journey, cancellationToken))
            throw new ConcurrencyException("The journey was written by another message or process meanwhile", typeof(OrderJourneySaga), journey.CorrelationId);
        journey.Version++;
        journey.News.Clear();
        (journey.HasChanged, journey.OrderToStore) = (false, null);
        // What is tracked hears nothing more, as a rule.
        if (journey.CurrentState != JourneyState.Tracked)
            _recent.Put(journey);
    }

    public async Task<Order> ReadOrder(Guid id, CancellationToken cancellationToken) =>
        await _orders.Add(id, cancellationToken)
        ?? throw new InvalidOperationException($"Journey {id} says that it holds its order, and it does not");

    public Task<IReadOnlyList<JourneyOverdue>> ClaimOverdue(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken) =>
        _database.Run(token => _table.ClaimOverdue(now, now + lease, limit, token), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _loads.DisposeAsync();
        await _saves.DisposeAsync();
        await _orders.DisposeAsync();
    }

    private async Task<IReadOnlyList<Order?>> ReadOrders(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var found = await _database.Run(token => _table.ReadOrders(ids.ToHashSet(), token), cancellationToken);
        return [.. ids.Select(found.GetValueOrDefault)];
    }

    private async Task<IReadOnlyList<OrderJourneySaga?>> LoadBatch(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var distinct = ids.ToHashSet();
        if (distinct.Count == ids.Count)
        {
            var found = await _database.Run(token => _table.Load(distinct, token), cancellationToken);
            return [.. ids.Select(id => found.GetValueOrDefault(id))];
        }
        // Two messages of one order in one batch must not share an instance: the later ones are loaded in a second round.
        var first = new HashSet<Guid>();
        var now = ids.Select(id => first.Add(id)).ToList();
        var loaded = await _database.Run(token => _table.Load(first, token), cancellationToken);
        var answers = new OrderJourneySaga?[ids.Count];
        for (var i = 0; i < ids.Count; i++)
            answers[i] = now[i] ? loaded.GetValueOrDefault(ids[i]) : (await _database.Run(token => _table.Load([ids[i]], token), cancellationToken)).GetValueOrDefault(ids[i]);
        return answers;
    }

    private async Task<IReadOnlyList<bool>> SaveBatch(IReadOnlyList<OrderJourneySaga> journeys, CancellationToken cancellationToken)
    {
        // One statement cannot touch a row twice: of two saves of one journey the first wins and the other is a conflict. Sorted, so that two
        // processes never wait for each other's rows in a ring.
        var first = journeys.DistinctBy(journey => journey.CorrelationId).OrderBy(journey => journey.CorrelationId).ToList();
        var saved = await _database.Run(token => _table.Save(first, token), cancellationToken);
        var written = first.Where(journey => saved.Contains(journey.CorrelationId)).ToHashSet();
        return [.. journeys.Select(written.Contains)];
    }
}
