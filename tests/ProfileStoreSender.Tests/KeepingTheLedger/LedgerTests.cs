using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.KeepingTheLedger;

/// <summary>What the sender relies on, written once and run on both databases.</summary>
public abstract class LedgerTests(string kind) : OpenLedgers(kind)
{
    [Fact]
    public async Task A_first_claim_is_given_and_written()
    {
        var order = Guid.NewGuid();

        var (taken, entry) = await Ledger.Claim(Claim(order), Stop);

        Assert.True(taken);
        Assert.Equal((DeliveryState.Sending, 1, 0, false, "t1"), (entry!.State, entry.Attempts, entry.Uncertain, entry.RepeatsUnknown, entry.TrackId));
        Assert.Equal((Time.GetUtcNow(), Time.GetUtcNow(), Time.GetUtcNow()), (entry.FirstAt, entry.UpdatedAt, entry.ClaimedAt));
        Assert.NotNull(entry.ClaimedBy);
    }

    [Fact]
    public async Task Another_process_gets_it_only_when_the_lease_is_over_and_that_is_uncertain()
    {
        var order = Guid.NewGuid();
        await Ledger.Claim(Claim(order), Stop);

        Time.Advance(Lease);
        var (tooEarly, seen) = await Other.Claim(Claim(order), Stop);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var (taken, entry) = await Other.Claim(Claim(order), Stop);

        Assert.False(tooEarly);
        Assert.Equal((DeliveryState.Sending, 1), (seen!.State, seen.Attempts));
        Assert.True(taken);
        Assert.Equal((2, 1, true), (entry!.Attempts, entry.Uncertain, entry.RepeatsUnknown));
    }

    [Fact]
    public async Task Accepted_is_final_and_keeps_its_time()
    {
        var order = Guid.NewGuid();
        await Ledger.Claim(Claim(order), Stop);
        var accepted = await Ledger.Record(Outcome(order, DeliveryState.Accepted) with { StatusCode = 202, MayHaveArrived = false }, Stop);
        Time.Advance(TimeSpan.FromHours(1));

        var (taken, entry) = await Other.Claim(Claim(order, again: true), Stop);
        var afterwards = await Other.Record(Outcome(order, DeliveryState.Suppressed), Stop);

        Assert.False(taken);
        Assert.Equal(accepted, entry);
        Assert.Equal(accepted, afterwards);
        Assert.Equal((DeliveryState.Accepted, 202, An.Noon), (accepted.State, accepted.StatusCode, accepted.UpdatedAt));
    }

    [Fact]
    public async Task Refused_is_tried_again_only_when_asked_for()
    {
        var order = Guid.NewGuid();
        await Ledger.Claim(Claim(order), Stop);
        await Ledger.Record(Outcome(order, DeliveryState.Refused) with { StatusCode = 400, Answer = "no", MayHaveArrived = false }, Stop);

        var copy = await Ledger.Claim(Claim(order), Stop);
        var asked = await Ledger.Claim(Claim(order, again: true), Stop);

        Assert.Equal((false, DeliveryState.Refused, "no"), (copy.Taken, copy.Entry!.State, copy.Entry.Answer));
        Assert.Equal((true, 2, 0), (asked.Taken, asked.Entry!.Attempts, asked.Entry.Uncertain));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task What_may_have_arrived_stays_known_until_it_is_sent_again(bool mayHaveArrived, int uncertain)
    {
        var order = Guid.NewGuid();
        await Ledger.Claim(Claim(order), Stop);
        await Ledger.Record(Outcome(order, DeliveryState.Unavailable) with { MayHaveArrived = mayHaveArrived }, Stop);
        // Held in vain in between: nothing was sent, so nothing is known anew.
        await Ledger.Record(Outcome(order, DeliveryState.Unavailable) with { Answer = "held" }, Stop);

        var (taken, entry) = await Other.Claim(Claim(order), Stop);

        Assert.Equal((true, 2, uncertain, uncertain == 1), (taken, entry!.Attempts, entry.Uncertain, entry.RepeatsUnknown));
    }

    [Fact]
    public async Task A_live_claim_of_another_process_is_overwritten_by_nothing_but_accepted()
    {
        var order = Guid.NewGuid();
        await Ledger.Claim(Claim(order), Stop);

        var held = await Other.Record(Outcome(order, DeliveryState.Unavailable), Stop);
        var accepted = await Other.Record(Outcome(order, DeliveryState.Accepted), Stop);

        Assert.Equal(DeliveryState.Sending, held.State);
        Assert.Equal(DeliveryState.Accepted, accepted.State);
    }

    [Fact]
    public async Task Many_at_once_each_get_their_own_answer_and_the_summary_adds_up()
    {
        var orders = Enumerable.Range(0, 1_200).Select(_ => Guid.NewGuid()).ToList();

        var claims = await Task.WhenAll(orders.Select(order => Ledger.Claim(Claim(order), Stop)));
        var entries = await Task.WhenAll(orders.Select((order, index) => Ledger.Record(
            Outcome(order, index % 3 == 0 ? DeliveryState.Refused : DeliveryState.Accepted) with { Answer = $"{index}", MayHaveArrived = false }, Stop)));

        Assert.All(orders.Zip(claims), pair => Assert.Equal((true, pair.First), (pair.Second.Taken, pair.Second.Entry!.OrderId)));
        Assert.All(orders.Zip(entries).Select((pair, index) => (pair, index)), item =>
            Assert.Equal((item.pair.First, $"{item.index}"), (item.pair.Second.OrderId, item.pair.Second.Answer)));
        var summary = await Ledger.Summarize(Stop);
        Assert.Equal([(DeliveryState.Accepted, 800L), (DeliveryState.Refused, 400L)], summary.Select(count => (count.State, count.Orders)));
    }

    [Fact]
    public async Task Two_processes_that_ask_at_once_do_not_both_get_it()
    {
        var orders = Enumerable.Range(0, 300).Select(_ => Guid.NewGuid()).ToList();

        var mine = Task.WhenAll(orders.Select(order => Ledger.Claim(Claim(order), Stop)));
        var theirs = Task.WhenAll(Enumerable.Reverse(orders).Select(order => Other.Claim(Claim(order), Stop)));

        var winners = (await mine).Zip((await theirs).Reverse()).Select(pair => (pair.First.Taken ? 1 : 0) + (pair.Second.Taken ? 1 : 0));
        Assert.All(winners, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_destination_is_a_row_of_its_own()
    {
        var order = Guid.NewGuid();
        await Ledger.Record(Outcome(order, DeliveryState.Suppressed), Stop);
        await Ledger.Record(Outcome(order, DeliveryState.Suppressed) with { Destination = "odp" }, Stop);

        Assert.Equal(["odp", Destination], (await Ledger.OfOrder(order, Stop)).Select(entry => entry.Destination));
        Assert.Equal("odp", (await Ledger.Find(order, "odp", Stop))!.Destination);
        Assert.Null(await Ledger.Find(Guid.NewGuid(), "odp", Stop));
    }
}

public sealed class PostgreSqlLedgerTests() : LedgerTests("PostgreSql");

public sealed class SqliteLedgerTests() : LedgerTests("Sqlite");
