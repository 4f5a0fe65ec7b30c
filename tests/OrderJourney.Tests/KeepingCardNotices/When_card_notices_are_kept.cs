using MessageExamples;
using OrderJourney.Journey;
using OrderJourney.KeepingCardNotices;
using OrderJourney.StoringJourneys;
using OrderJourney.Tests.Journey;
using OrderJourney.Tests.StoringJourneys;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.Tests.KeepingCardNotices;

public sealed class When_card_notices_are_kept_in_postgresql() : When_card_notices_are_kept(DatabaseKind.PostgreSql);

public sealed class When_card_notices_are_kept_in_sqlite() : When_card_notices_are_kept(DatabaseKind.Sqlite);

/// <summary>What both databases promise.</summary>
public abstract class When_card_notices_are_kept(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private JourneyDatabase _db = null!;

    public async ValueTask InitializeAsync() => _db = await JourneyDatabase.Create(kind);

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    private static CardNotice Notice(int second, string? email = null, string card = "card-1") => new(card, An.Noon.AddSeconds(second), email);

    [Fact]
    public async Task It_keeps_the_latest_whatever_comes_when()
    {
        Assert.Null(await _db.Notices.Find("card-1", None));
        Assert.Equal(Notice(10, "ten@shop.example"), await _db.Notices.Keep(Notice(10, "ten@shop.example"), None));
        Assert.Equal(Notice(10, "ten@shop.example"), await _db.Notices.Keep(Notice(5, "five@shop.example"), None));
        Assert.Equal(Notice(10, "ten@shop.example"), await _db.Notices.Keep(Notice(10, "ten@shop.example"), None));
        Assert.Equal(Notice(20), await _db.Notices.Keep(Notice(20), None));
        Assert.Equal(Notice(20), await _db.Notices.Find("card-1", None));

        // Many at once, also of one card.
        var kept = await Task.WhenAll(Enumerable.Range(21, 100).Select(second => _db.Notices.Keep(Notice(second, card: $"card-{second % 2}"), None)));
        Assert.All(kept.Zip(Enumerable.Range(21, 100)), pair => Assert.True(pair.First.RegisteredAt >= An.Noon.AddSeconds(pair.Second)));
        Assert.Equal(Notice(119), await _db.Notices.Find("card-1", None));
    }

    [Fact]
    public async Task It_finds_the_journeys_a_notice_concerns()
    {
        async Task<Guid> Journey(string state, string? customer = null, string card = "card-1")
        {
            var id = Guid.NewGuid();
            var journey = JourneyDatabase.NewJourney(id, state: state);
            if (customer is not null)
                journey.Learn(An.CustomerResolved(id, customer: An.Customer(customer)));
            journey.CardKey = card;
            await _db.Store.Save(journey, None);
            return id;
        }

        var waiting = await Journey(JourneyState.AwaitingCustomer);
        var resolved = await Journey(JourneyState.Resolved, "pat@shop.example");
        var same = await Journey(JourneyState.Tracked, "pat@shop.example");
        var other = await Journey(JourneyState.Tracked, "other@shop.example");
        var unknown = await Journey(JourneyState.Tracked);
        var elsewhere = await Journey(JourneyState.AwaitingCustomer, card: "card-2");
        Assert.NotEqual(same, unknown);

        Assert.Equal(new[] { waiting, resolved }.ToHashSet(), (await _db.Notices.Concerned(Notice(1), Guid.Empty, None)).ToHashSet());
        var answers = await Task.WhenAll(
            _db.Notices.Concerned(Notice(1, "pat@shop.example"), Guid.Empty, None), _db.Notices.Concerned(Notice(1, card: "card-2"), Guid.Empty, None),
            _db.Notices.Concerned(Notice(1, card: "card-3"), Guid.Empty, None));
        Assert.Equal(new[] { waiting, resolved, other }.ToHashSet(), answers[0].ToHashSet());
        Assert.Equal([elsewhere], answers[1]);
        Assert.Empty(answers[2]);
        var rest = await _db.Notices.Concerned(Notice(1, "pat@shop.example"), answers[0][0], None);
        Assert.Equal(answers[0].Skip(1), rest);
    }

    [Fact]
    public async Task It_deletes_the_old_ones_and_no_others()
    {
        for (var i = 0; i < 5; i++)
            await _db.Notices.Keep(Notice(i, card: $"card-{i}"), None);
        Assert.Equal(3, await _db.Notices.DeleteOlder(An.Noon.AddSeconds(3), None));
        Assert.Equal(0, await _db.Notices.DeleteOlder(An.Noon.AddSeconds(3), None));
        Assert.Null(await _db.Notices.Find("card-2", None));
        Assert.NotNull(await _db.Notices.Find("card-3", None));
    }

    [Fact]
    public async Task It_reads_back_what_a_journey_knows_of_its_customer()
    {
        var id = Guid.NewGuid();
        var journey = JourneyDatabase.NewJourney(id);
        journey.Learn(JourneyEvents.Notice(id, 10, "pat@shop.example"));
        journey.Learn(JourneyEvents.Failed(id, 11) with { CardLooksShared = true });
        journey.Learn(JourneyEvents.Resolved(id, 12, "pat@shop.example"));
        journey.Learn(JourneyEvents.ClaimCard(id, 5, "4711"));
        journey.TrackedFor.UnionWith(["key-2", "key-1"]);
        (journey.CardMovedAt, journey.SuppressedBecause) = (An.Noon.AddDays(1), Contracts.CustomerResolution.SuppressionReason.ConsentWithdrawn);
        await _db.Store.Save(journey, None);
        var read = (await _db.Store.Load(id, None))!;
        Assert.Equal(
            (JourneyJson.Of(journey.Statements), "key-1 key-2", journey.CustomerAskedAt, journey.FailureAskedAt, "card-1", true, journey.CardMovedAt, journey.SuppressedBecause),
            (JourneyJson.Of(read.Statements), JourneyJson.Of(read.TrackedFor), read.CustomerAskedAt, read.FailureAskedAt, read.CardKey, read.CardLooksShared, read.CardMovedAt, read.SuppressedBecause));

        Assert.Equal(journey.Standing(), read.Standing());
        read.TrackedFor.Clear();

        // No news to a person, and written all the same.
        read.Learn(JourneyEvents.Resolved(id, 13, "pat@shop.example"));
        Assert.Empty(read.News);
        await _db.Store.Save(read, None);
        Assert.Equal(An.Noon.AddSeconds(13), (await _db.Store.Load(id, None))!.CustomerAskedAt);
        Assert.Equal([id], (await _db.Queries.Find(new JourneyFilter(CardMoved: true), None)).Select(j => j.CorrelationId));
        Assert.Equal([id], (await _db.Queries.Find(new JourneyFilter(State: JourneyState.Received, CardMoved: true), None)).Select(j => j.CorrelationId));
        Assert.Empty(await _db.Queries.Find(new JourneyFilter(State: JourneyState.Tracked, CardMoved: true), None));
    }
}
