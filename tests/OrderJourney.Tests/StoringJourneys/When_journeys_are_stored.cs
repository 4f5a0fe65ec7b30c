using Contracts.CustomerResolution;
using MassTransit;
using MessageExamples;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.Tests.StoringJourneys;

public sealed class When_journeys_are_stored_in_postgresql() : When_journeys_are_stored(DatabaseKind.PostgreSql);

public sealed class When_journeys_are_stored_in_sqlite() : When_journeys_are_stored(DatabaseKind.Sqlite);

/// <summary>What both databases promise.</summary>
public abstract class When_journeys_are_stored(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private JourneyDatabase _db = null!;

    public async ValueTask InitializeAsync() => _db = await JourneyDatabase.Create(kind);

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task It_reads_back_what_was_written()
    {
        var id = Guid.NewGuid();
        var journey = JourneyDatabase.NewJourney(id);
        journey.Learn(An.CustomerResolutionFailed(id, CustomerResolutionFailureReason.NotFound));
        journey.Learn(An.CustomerResolved(id));
        journey.Learn(An.OrderTrackingFailed(id));
        journey.Learn(An.OrderTracked(id, "odp"));
        (journey.CurrentState, journey.Attempts, journey.NextCheckAt, journey.DeadlineOver) = (JourneyState.NeedsAttention, 3, An.Noon.AddHours(1), true);

        await _db.Store.Save(journey, None);
        var read = await _db.Store.Load(id, None);

        Assert.NotNull(read);
        Assert.Equal(1, read.Version);
        Assert.Equal(1, journey.Version);
        Assert.Equal(journey.Summary, read.Summary);
        Assert.Equal(journey.Customer, read.Customer);
        Assert.Equal(journey.Destinations, read.Destinations);
        Assert.Equal(
            (journey.CurrentState, journey.HasOrder, journey.ReceivedAt, journey.ResolutionFailure, journey.DeadlineOver, journey.Attempts, journey.NextCheckAt, journey.StartedAt, journey.StateSince, journey.UpdatedAt),
            (read.CurrentState, read.HasOrder, read.ReceivedAt, read.ResolutionFailure, read.DeadlineOver, read.Attempts, read.NextCheckAt, read.StartedAt, read.StateSince, read.UpdatedAt));
        Assert.Equivalent(An.Order(), await _db.Store.ReadOrder(id, None), strict: true);
        Assert.Equal(
            ["OrderReceived", "CustomerResolutionFailed", "CustomerResolved", "OrderTrackingFailed", "OrderTracked"],
            (await _db.Queries.Timeline(id, None)).Select(entry => entry.What));
    }

    [Fact]
    public async Task It_reads_back_a_journey_that_has_heard_of_nothing_but_its_end()
    {
        var id = Guid.NewGuid();
        var journey = new OrderJourneySaga { CorrelationId = id, CurrentState = JourneyState.Tracked, StartedAt = An.Noon, StateSince = An.Noon, UpdatedAt = An.Noon };
        journey.Learn(An.OrderTracked(id));
        await _db.Store.Save(journey, None);
        var read = await _db.Store.Load(id, None);
        Assert.Null(read!.Summary);
        Assert.False(read.HasOrder);
        Assert.Empty(await _db.Table.Known([id], None));
    }

    [Fact]
    public async Task It_knows_none_that_was_never_written() => Assert.Null(await _db.Store.Load(Guid.NewGuid(), None));

    [Fact]
    public async Task It_refuses_a_write_that_did_not_see_the_one_before()
    {
        var id = Guid.NewGuid();
        await _db.Store.Save(JourneyDatabase.NewJourney(id), None);
        var one = await _db.Store.Load(id, None);
        var other = await _db.Store.Load(id, None);
        Assert.NotSame(one, other);
        one!.Learn(An.CustomerResolved(id));
        other!.Learn(An.OrderTracked(id));

        await _db.Store.Save(one!, None);
        await Assert.ThrowsAsync<ConcurrencyException>(() => _db.Store.Save(other!, None));

        var read = await _db.Store.Load(id, None);
        Assert.Equal(2, read!.Version);
        Assert.Empty(read.Destinations);
        Assert.Equal(2, (await _db.Queries.Timeline(id, None)).Count);
    }

    [Fact]
    public async Task It_refuses_a_second_first_write()
    {
        var id = Guid.NewGuid();
        await _db.Store.Save(JourneyDatabase.NewJourney(id), None);
        await Assert.ThrowsAsync<ConcurrencyException>(() => _db.Store.Save(JourneyDatabase.NewJourney(id), None));
    }

    [Fact]
    public async Task It_writes_nothing_when_nothing_was_learned()
    {
        var id = Guid.NewGuid();
        await _db.Store.Save(JourneyDatabase.NewJourney(id), None);
        var read = await _db.Store.Load(id, None);
        read!.Learn(An.OrderReceived(id));
        await _db.Store.Save(read!, None);
        Assert.Equal(1, (await _db.Store.Load(id, None))!.Version);
    }

    [Fact]
    public async Task It_keeps_hundreds_of_concurrent_writers_apart()
    {
        var ids = Enumerable.Range(0, 300).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(ids.Select(id => _db.Store.Save(JourneyDatabase.NewJourney(id), None)));
        // Every order is written by two at once: exactly one of them is told to load again.
        var conflicts = 0;
        await Task.WhenAll(ids.SelectMany(id => new[] { id, id }).Select(async id =>
        {
            while (true)
            {
                var journey = (await _db.Store.Load(id, None))!;
                journey.Tell(An.Noon, "Note", null);
                try
                {
                    await _db.Store.Save(journey, None);
                    return;
                }
                catch (ConcurrencyException)
                {
                    Interlocked.Increment(ref conflicts);
                }
            }
        }));
        foreach (var id in ids)
        {
            Assert.Equal(3, (await _db.Store.Load(id, None))!.Version);
            Assert.Equal(3, (await _db.Queries.Timeline(id, None)).Count);
        }
    }

    [Fact]
    public async Task It_claims_an_overdue_journey_once()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        for (var i = 0; i < ids.Count; i++)
        {
            var journey = JourneyDatabase.NewJourney(ids[i]);
            (journey.NextCheckAt, journey.Attempts) = (An.Noon.AddMinutes(i), i);
            await _db.Store.Save(journey, None);
        }

        var now = An.Noon.AddMinutes(2);
        var claimed = await _db.Store.ClaimOverdue(now, TimeSpan.FromMinutes(10), 100, None);
        Assert.Equal(ids.Take(3).ToHashSet(), claimed.Select(c => c.OrderId).ToHashSet());
        Assert.Equal([0, 1, 2], claimed.Select(c => c.Attempt).Order());
        Assert.Empty(await _db.Store.ClaimOverdue(now, TimeSpan.FromMinutes(10), 100, None));
        Assert.Equal(5, (await _db.Store.ClaimOverdue(now.AddMinutes(11), TimeSpan.FromMinutes(10), 100, None)).Count);
        // A claim is no news: whoever loaded the journey before may still write it.
        Assert.Equal(1, (await _db.Store.Load(ids[0], None))!.Version);
    }

    [Fact]
    public async Task It_says_which_orders_it_knows()
    {
        var (known, unknown) = (Guid.NewGuid(), Guid.NewGuid());
        await _db.Store.Save(JourneyDatabase.NewJourney(known), None);
        Assert.Equal([known], await _db.Table.Known([known, unknown], None));
    }

    [Fact]
    public async Task It_lists_page_by_page_and_by_every_filter()
    {
        var ids = Enumerable.Range(0, 7).Select(_ => Guid.NewGuid()).ToList();
        for (var i = 0; i < ids.Count; i++)
            await _db.Store.Save(JourneyDatabase.NewJourney(
                ids[i], An.Noon.AddSeconds(i), i == 6 ? JourneyState.NeedsAttention : JourneyState.Tracked, i % 2 == 0 ? "even" : "odd", $"R{i}"), None);

        async Task<IEnumerable<Guid>> Find(JourneyFilter filter) => (await _db.Queries.Find(filter, None)).Select(j => j.CorrelationId);

        Assert.Equal(Enumerable.Reverse(ids), await Find(new()));
        var page = await _db.Queries.Find(new(Limit: 3), None);
        Assert.Equal(new[] { ids[6], ids[5], ids[4] }, page.Select(j => j.CorrelationId));
        Assert.Equal(new[] { ids[3], ids[2], ids[1] }, await Find(new(Limit: 3, After: new(page[^1].StartedAt, page[^1].CorrelationId))));
        Assert.Equal([ids[6]], await Find(new(State: JourneyState.NeedsAttention)));
        Assert.Equal(new[] { ids[5], ids[3], ids[1] }, await Find(new(Store: "odd")));
        Assert.Equal([ids[2]], await Find(new(Text: "R2")));
        Assert.Equal([ids[4]], await Find(new(Text: ids[4].ToString())));
        Assert.Equal(7, (await Find(new(From: new(2026, 11, 20), To: new(2026, 11, 20)))).Count());
        Assert.Empty(await Find(new(From: new(2026, 11, 21))));
        Assert.Equal(6, (await _db.Queries.CountByState(None))[JourneyState.Tracked]);
    }
}
