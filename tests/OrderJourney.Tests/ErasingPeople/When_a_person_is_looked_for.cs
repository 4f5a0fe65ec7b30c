using Contracts.OrderIngest;
using Contracts.OrderJourney;
using MessageExamples;
using Microsoft.Extensions.Options;
using OrderJourney.ErasingPeople;
using OrderJourney.Journey;
using OrderJourney.Tests.Journey;
using OrderJourney.Tests.StoringJourneys;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.Tests.ErasingPeople;

/// <summary>Which orders are a person's, and what is left of them; written once and run on both databases.</summary>
public abstract class When_a_person_is_looked_for(DatabaseKind kind) : IAsyncLifetime
{
    private const string Pat = "pat+x@shop.example", Sam = "sam@shop.example";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private JourneyDatabase _db = null!;

    private PersonSearch Search => new(_db.Database);

    private JourneyErasure Own => new(_db.Table, _db.Database, Options.Create(new JourneyOptions()), TimeProvider.System);

    private ErasureTables Tables => new(_db.Database);

    public async ValueTask InitializeAsync() => _db = await JourneyDatabase.Create(kind);

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task By_address_it_is_whatever_names_it_and_the_unrecognised_orders_of_its_cards()
    {
        var resolved = await Journey(new() { LoyaltyCard = "4711" }, customer: Pat, cardKey: "card-1");
        var typed = await Journey(new() { Email = " PAT+x@shop.example" });
        var claimed = await Journey(new(), journey => journey.Learn(JourneyEvents.Claim(journey.CorrelationId, 5, Pat)));
        var noticed = await Journey(new(), journey => journey.Learn(JourneyEvents.Notice(journey.CorrelationId, 5, Pat, "card-9")));
        var tracked = await Journey(new(), journey => journey.TrackedFor.Add(Contracts.CustomerResolution.CustomerKey.Of(Pat)));
        var waiting = await Journey(new() { LoyaltyCard = "4711" }, cardKey: "card-1");
        await Journey(new() { LoyaltyCard = "4711" }, customer: Sam, cardKey: "card-1");
        await Journey(new() { LoyaltyCard = "4712" }, customer: Sam, cardKey: "card-2");

        var found = await Search.Find(new(Pat, [], []), None);

        Assert.Null(found.Problem);
        Assert.Equal(new[] { resolved, typed, claimed, noticed, tracked, waiting }.Order(), found.Orders.Order());
        Assert.Equal((Pat, "4711", "card-1"), (found.Person.Email, Assert.Single(found.Person.Cards), Assert.Single(found.Person.CardKeys)));
    }

    [Fact]
    public async Task By_card_it_is_its_holder_with_all_their_orders()
    {
        var byCard = await Journey(new() { LoyaltyCard = "4711" }, customer: Pat, cardKey: "card-1");
        var byAddress = await Journey(new() { Email = Pat }, customer: Pat);
        var otherCard = await Journey(new() { LoyaltyCard = "4799" }, customer: Pat, cardKey: "card-3");
        var shared = await Journey(new() { LoyaltyCard = "0000" }, customer: Pat, cardKey: "till", shared: true);
        await Journey(new() { LoyaltyCard = "0000" }, cardKey: "till", shared: true);
        await Journey(new() { LoyaltyCard = "4712" }, customer: Sam, cardKey: "card-2");

        var found = await Search.Find(new(null, ["4711"], ["card-1"]), None);

        Assert.Equal(new[] { byCard, byAddress, otherCard, shared }.Order(), found.Orders.Order());
        Assert.Equal((Pat, "4711 4799", "card-1 card-3"), (found.Person.Email, string.Join(' ', found.Person.Cards.Order()), string.Join(' ', found.Person.CardKeys)));
    }

    [Fact]
    public async Task A_card_of_two_people_erases_nobody()
    {
        await Journey(new() { LoyaltyCard = "4711" }, customer: Pat, cardKey: "card-1");
        await Journey(new() { LoyaltyCard = "4711" }, customer: Sam, cardKey: "card-1");

        var found = await Search.Find(new(null, ["4711"], ["card-1"]), None);

        Assert.NotNull(found.Problem);
        Assert.Empty(found.Orders);
    }

    [Fact]
    public async Task Afterwards_nothing_leads_to_them_and_nobody_else_is_touched()
    {
        var (theirs, other) = (await Journey(new() { LoyaltyCard = "4711", Email = Pat, Phone = "123" }, customer: Pat, cardKey: "card-1"), await Journey(new() { Email = Sam }, customer: Sam, cardKey: "card-2"));
        await _db.Notices.Keep(new("card-1", An.Noon, Pat), None);
        await _db.Notices.Keep(new("card-2", An.Noon, Sam), None);
        // As another message's handler has it in hand: it must not write back what it remembers.
        var stale = (await _db.Table.Load([theirs], None))[theirs];

        var found = await Search.Find(new(Pat, [], []), None);
        Assert.Equal(3, await Own.Erase(found.Orders, found.Person, None));
        Assert.Equal(0, await Own.Erase(found.Orders, new(null, [], []), None));

        stale.Tell(An.Noon, "Late", null);
        Assert.Empty(await _db.Table.Save([stale], None));
        Assert.Empty((await Search.Find(new(Pat, [], []), None)).Orders);
        Assert.Equal(new CustomerHint(), (await _db.Table.ReadOrders([theirs], None))[theirs].Customer);
        var journeys = await _db.Table.Load([theirs, other], None);
        Assert.Equal((JourneyState.Suppressed, true, null), (journeys[theirs].CurrentState, journeys[theirs].IsErased(), journeys[theirs].Customer));
        Assert.Equal((Sam, Sam), (journeys[other].Customer!.Email, (await _db.Table.ReadOrders([other], None))[other].Customer.Email));
        Assert.Equal((null, Sam), ((await _db.Notices.Find("card-1", None))!.Email, (await _db.Notices.Find("card-2", None))!.Email));
    }

    [Fact]
    public async Task An_answer_that_arrives_before_its_round_or_during_a_step_is_not_lost()
    {
        var begun = await Tables.Begin(Guid.NewGuid(), "p", Pat, "4711", "ticket", An.Noon, None);
        Assert.Equal(begun.Id, (await Tables.Begin(Guid.NewGuid(), "p", Pat, null, null, An.Noon.AddMinutes(1), None)).Id);
        var taken = (await Tables.Take(An.Noon.AddMinutes(1), An.Noon.AddMinutes(9), None))!;
        Assert.Null(await Tables.Take(An.Noon.AddMinutes(1), An.Noon.AddMinutes(9), None));

        // Round 2 is answered before round 1, and the second time counts rows only.
        Assert.True(await Tables.Note(Answer(begun.Id, 2, ErasureState.Done, "card-1"), An.Noon.AddMinutes(2), None));
        Assert.True(await Tables.Note(Answer(begun.Id, 1, ErasureState.Waiting, "card-2"), An.Noon.AddMinutes(2), None));
        Assert.False(await Tables.Note(Answer(Guid.NewGuid(), 1, ErasureState.Done), An.Noon, None));
        await Tables.Save(taken with { Round = 1, NextAt = An.Noon.AddHours(5) }, An.Noon.AddMinutes(3), None);

        var read = (await Tables.Find(begun.Id, None))!;
        Assert.Equal((1, "card-1 card-2", An.Noon.AddMinutes(3)), (read.Round, string.Join(' ', read.CardKeys), read.NextAt));
        Assert.Equal(new ErasureParty("order-ingest", "done", 2, 10, null, An.Noon), Assert.Single(await Tables.Parties(begun.Id, None), party => party.Party == "order-ingest"));
        Assert.Equal("waiting", Assert.Single(await Tables.Parties(begun.Id, None), party => party.Party == "profile-store").State);

        await Tables.Save(read with { State = Erasure.Done, Email = null, Cards = [], NextAt = null }, An.Noon, None);
        // Given up meanwhile: a step that ends later brings nobody back.
        await Tables.Save(read, An.Noon, None);
        var done = (await Tables.Find(begun.Id, None))!;
        Assert.Equal((Erasure.Done, null, 0), (done.State, done.Email, done.Cards.Count));
        Assert.NotEqual(begun.Id, (await Tables.Begin(Guid.NewGuid(), "p", Pat, null, null, An.Noon, None)).Id);
    }

    private static PersonErased Answer(Guid id, int round, ErasureState state, string? cardKey = null) => new()
    {
        ErasureId = id,
        Round = round,
        Party = "order-ingest",
        State = state,
        Rows = 5,
        AnsweredAt = An.Noon,
        CardKeys = cardKey is null ? null : [cardKey],
        Awaits = ["profile-store"],
    };

    private Task<Guid> Journey(CustomerHint hint, string? customer = null, string? cardKey = null, bool shared = false) => Journey(hint, journey =>
    {
        journey.Customer = customer is null ? null : An.Customer(customer);
        (journey.CardKey, journey.CardLooksShared) = (cardKey, shared);
    });

    private async Task<Guid> Journey(CustomerHint hint, Action<OrderJourneySaga> adjust)
    {
        var saga = new OrderJourneySaga { CorrelationId = Guid.NewGuid(), CurrentState = JourneyState.Received };
        saga.Learn(An.OrderReceived(saga.CorrelationId, An.Order("1") with { Customer = hint }));
        saga.StartedAt = saga.StateSince = saga.UpdatedAt = An.Noon;
        adjust(saga);
        await _db.Table.Save([saga], None);
        return saga.CorrelationId;
    }
}

public sealed class When_a_person_is_looked_for_on_PostgreSql() : When_a_person_is_looked_for(DatabaseKind.PostgreSql);

public sealed class When_a_person_is_looked_for_on_Sqlite() : When_a_person_is_looked_for(DatabaseKind.Sqlite);
