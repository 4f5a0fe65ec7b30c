using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.Tests.KeepingTheLedger;

/// <summary>What may have arrived: how it is kept, listed and given, on both databases.</summary>
public abstract class UnknownRepliesTests(string kind) : OpenLedgers(kind)
{
    [Fact]
    public async Task It_stays_unknown_while_nothing_else_is_sent()
    {
        var order = await LoseReply();

        // Held in vain: nothing was sent, so nothing is known anew.
        var held = await Ledger.Record(Outcome(order, DeliveryState.Unavailable) with { Answer = "held" }, Stop);

        Assert.Equal((DeliveryState.Unknown, true, "held"), (held.State, held.MayHaveArrived, held.Answer));
    }

    [Fact]
    public async Task It_is_kept_in_a_word_that_the_version_before_reads_too()
    {
        await LoseReply();
        await Ledger.Record(Outcome(await LoseReply(), DeliveryState.Unavailable), Stop);

        Assert.Equal(["unavailable", "unavailable"], await Kept());
    }

    [Fact]
    public async Task Beside_it_what_was_turned_away_is_listed_and_counted_apart()
    {
        var (lost, turnedAway, waiting) = (await LoseReply(), Guid.NewGuid(), Guid.NewGuid());
        await Ledger.Claim(Claim(turnedAway), Stop);
        await Ledger.Record(Outcome(turnedAway, DeliveryState.Unavailable) with { MayHaveArrived = false }, Stop);
        await Ledger.Record(Outcome(waiting, DeliveryState.Unavailable), Stop);

        Assert.Equal(lost, Assert.Single(await Ledger.List(new(DeliveryState.Unknown, null, null, 100), Stop)).OrderId);
        Assert.Equal(new[] { turnedAway, waiting }.ToHashSet(), (await Ledger.List(new(DeliveryState.Unavailable, null, null, 100), Stop)).Select(entry => entry.OrderId).ToHashSet());
        Assert.Equal(
            new[] { (DeliveryState.Unavailable, 2L), (DeliveryState.Unknown, 1L) }.ToHashSet(), (await Ledger.Summarize(Stop)).Select(count => (count.State, count.Orders)).ToHashSet());
    }

    [Fact]
    public async Task It_keeps_when_the_request_was_begun()
    {
        var begun = Time.GetUtcNow();
        var order = await LoseReply();
        Time.Advance(TimeSpan.FromMinutes(1));

        var held = await Ledger.Record(Outcome(order, DeliveryState.Unavailable), Stop);
        var again = await Ledger.Claim(Claim(order), Stop);

        Assert.Equal((begun, begun + TimeSpan.FromMinutes(1)), (held.SentAt, held.UpdatedAt));
        Assert.Equal(begun + TimeSpan.FromMinutes(1), again.Entry!.SentAt);
    }

    [Fact]
    public async Task It_is_given_only_once_the_destination_was_asked_and_only_for_what_was_asked()
    {
        var order = await LoseReply();

        var notAsked = await Ledger.Claim(Claim(order) with { AskedAfterAttempts = 0 }, Stop);
        var asked = await Ledger.Claim(Claim(order) with { AskedAfterAttempts = 1 }, Stop);
        await Ledger.Record(Outcome(order, DeliveryState.Unknown) with { MayHaveArrived = true }, Stop);
        // The answer was about the first request; a second has left since.
        var askedTooEarly = await Other.Claim(Claim(order) with { AskedAfterAttempts = 1 }, Stop);

        Assert.Equal((false, true), (notAsked.Taken, notAsked.MustAsk));
        Assert.Equal((true, false, 2, 1), (asked.Taken, asked.MustAsk, asked.Entry!.Attempts, asked.Entry.Uncertain));
        Assert.Equal((false, true), (askedTooEarly.Taken, askedTooEarly.MustAsk));
    }

    [Fact]
    public async Task It_needs_no_asking_where_nothing_has_arrived()
    {
        var order = Guid.NewGuid();
        var first = await Ledger.Claim(Claim(order) with { AskedAfterAttempts = 0 }, Stop);
        await Ledger.Record(Outcome(order, DeliveryState.Unavailable) with { MayHaveArrived = false }, Stop);

        var second = await Ledger.Claim(Claim(order) with { AskedAfterAttempts = 0 }, Stop);

        Assert.Equal((true, true, 0), (first.Taken, second.Taken, second.Entry!.Uncertain));
    }

    [Fact]
    public async Task What_a_dead_process_left_has_to_be_asked_for_and_what_a_living_one_sends_not()
    {
        var order = Guid.NewGuid();
        await Ledger.Claim(Claim(order), Stop);

        var alive = await Other.Claim(Claim(order) with { AskedAfterAttempts = 0 }, Stop);
        var own = await Ledger.Claim(Claim(order) with { AskedAfterAttempts = 0 }, Stop);
        Time.Advance(Lease + TimeSpan.FromMilliseconds(1));
        var dead = await Other.Claim(Claim(order) with { AskedAfterAttempts = 0 }, Stop);

        Assert.Equal((false, false), (alive.Taken, alive.MustAsk));
        // This process knows nothing of it any more: it was interrupted.
        Assert.Equal((false, true), (own.Taken, own.MustAsk));
        Assert.Equal((false, true), (dead.Taken, dead.MustAsk));
    }

    [Fact]
    public async Task It_is_listed_and_counted_with_what_dead_processes_left()
    {
        var lost = await LoseReply();
        var left = Guid.NewGuid();
        await Ledger.Claim(Claim(left), Stop);
        Time.Advance(Lease + TimeSpan.FromMilliseconds(1));
        var (sending, accepted, elsewhere) = (Guid.NewGuid(), Guid.NewGuid(), await LoseReply("odp"));
        await Ledger.Claim(Claim(sending), Stop);
        await Ledger.Record(Outcome(accepted, DeliveryState.Accepted), Stop);

        async Task<IEnumerable<Guid>> Listed(DeliveryState? state, string? destination = Destination) =>
            (await Ledger.List(new(state, destination, null, 100), Stop)).Select(entry => entry.OrderId);

        Assert.Equal(new[] { lost, left }.ToHashSet(), (await Listed(DeliveryState.Unknown)).ToHashSet());
        Assert.Equal(new[] { lost, left, elsewhere }.ToHashSet(), (await Listed(DeliveryState.Unknown, null)).ToHashSet());
        Assert.Equal([sending], await Listed(DeliveryState.Sending));
        Assert.Equal([accepted], await Listed(DeliveryState.Accepted));
        Assert.Equal(5, (await Listed(null, null)).Count());
        Assert.Equal(
            [(Destination, DeliveryState.Accepted, 1L), (Destination, DeliveryState.Sending, 1L), (Destination, DeliveryState.Unknown, 2L), ("odp", DeliveryState.Unknown, 1L)],
            (await Ledger.Summarize(Stop)).Select(count => (count.Destination, count.State, count.Orders)).OrderBy(count => count.Destination == "odp").ThenBy(count => LedgerText.Of(count.State), StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_list_goes_on_where_a_page_ended()
    {
        var orders = new List<(Guid, string)>();
        for (var i = 0; i < 7; i++)
        {
            var order = await LoseReply();
            orders.AddRange([(order, Destination), (await LoseReply("odp", order), "odp")]);
        }

        var listed = new List<(Guid OrderId, string Destination)>();
        IReadOnlyList<LedgerEntry> page;
        do
        {
            page = await Ledger.List(new(DeliveryState.Unknown, null, listed.Count == 0 ? null : listed[^1], 3), Stop);
            listed.AddRange(page.Select(entry => (entry.OrderId, entry.Destination)));
        }
        while (page.Count == 3);

        Assert.Equal(14, listed.Count);
        Assert.Equal(orders.ToHashSet(), listed.ToHashSet());
    }

    private async Task<IEnumerable<string>> Kept()
    {
        await using var connection = await Services.GetRequiredKeyedService<ServiceDatabase>("ProfileStoreSender").Open(Stop);
        return await connection.QueryAsync<string>("SELECT state FROM deliveries WHERE may_have_arrived");
    }

    private async Task<Guid> LoseReply(string destination = Destination, Guid? id = null)
    {
        var order = id ?? Guid.NewGuid();
        await Ledger.Claim(Claim(order) with { Destination = destination }, Stop);
        await Ledger.Record(Outcome(order, DeliveryState.Unknown) with { Destination = destination, MayHaveArrived = true }, Stop);
        return order;
    }
}

public sealed class PostgreSqlUnknownRepliesTests() : UnknownRepliesTests("PostgreSql");

public sealed class SqliteUnknownRepliesTests() : UnknownRepliesTests("Sqlite");
