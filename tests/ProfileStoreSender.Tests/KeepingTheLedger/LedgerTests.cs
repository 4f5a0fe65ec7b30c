using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.Tests.KeepingTheLedger;

/// <summary>What the sender relies on, written once and run on both databases.</summary>
public abstract class LedgerTests(string kind) : IAsyncLifetime
{
    private const string Destination = "profile-store";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly ManualTime _time = new();
    private LedgerDatabase _files = null!;
    private SenderHost _host = null!;
    private ServiceDatabase _database = null!;
    private Ledger _ledger = null!, _other = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _files = await LedgerDatabase.Create(kind);
        // The host applies the schema; the ledgers under test have a clock of their own and stand for two processes.
        _host = await SenderHost.Start(database: _files);
        _database = _host.Services.GetRequiredKeyedService<ServiceDatabase>("ProfileStoreSender");
        (_ledger, _other) = (Open(), Open());
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _other.DisposeAsync();
        await _host.DisposeAsync();
        await _files.DisposeAsync();
    }

    [Fact]
    public async Task A_first_claim_is_given_and_written()
    {
        var order = Guid.NewGuid();

        var (taken, entry) = await _ledger.Claim(Claim(order), Stop);

        Assert.True(taken);
        Assert.Equal((DeliveryState.Sending, 1, 0, false, "t1"), (entry!.State, entry.Attempts, entry.Uncertain, entry.RepeatsUnknown, entry.TrackId));
        Assert.Equal((_time.GetUtcNow(), _time.GetUtcNow(), _time.GetUtcNow()), (entry.FirstAt, entry.UpdatedAt, entry.ClaimedAt));
        Assert.NotNull(entry.ClaimedBy);
    }

    [Fact]
    public async Task Another_process_gets_it_only_when_the_lease_is_over_and_that_is_uncertain()
    {
        var order = Guid.NewGuid();
        await _ledger.Claim(Claim(order), Stop);

        _time.Advance(Lease);
        var (tooEarly, seen) = await _other.Claim(Claim(order), Stop);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var (taken, entry) = await _other.Claim(Claim(order), Stop);

        Assert.False(tooEarly);
        Assert.Equal((DeliveryState.Sending, 1), (seen!.State, seen.Attempts));
        Assert.True(taken);
        Assert.Equal((2, 1, true), (entry!.Attempts, entry.Uncertain, entry.RepeatsUnknown));
    }

    [Fact]
    public async Task Accepted_is_final_and_keeps_its_time()
    {
        var order = Guid.NewGuid();
        await _ledger.Claim(Claim(order), Stop);
        var accepted = await _ledger.Record(Outcome(order, DeliveryState.Accepted) with { StatusCode = 202, MayHaveArrived = false }, Stop);
        _time.Advance(TimeSpan.FromHours(1));

        var (taken, entry) = await _other.Claim(Claim(order, again: true), Stop);
        var afterwards = await _other.Record(Outcome(order, DeliveryState.Suppressed), Stop);

        Assert.False(taken);
        Assert.Equal(accepted, entry);
        Assert.Equal(accepted, afterwards);
        Assert.Equal((DeliveryState.Accepted, 202, An.Noon), (accepted.State, accepted.StatusCode, accepted.UpdatedAt));
    }

    [Fact]
    public async Task Refused_is_tried_again_only_when_asked_for()
    {
        var order = Guid.NewGuid();
        await _ledger.Claim(Claim(order), Stop);
        await _ledger.Record(Outcome(order, DeliveryState.Refused) with { StatusCode = 400, Answer = "no", MayHaveArrived = false }, Stop);

        var copy = await _ledger.Claim(Claim(order), Stop);
        var asked = await _ledger.Claim(Claim(order, again: true), Stop);

        Assert.Equal((false, DeliveryState.Refused, "no"), (copy.Taken, copy.Entry!.State, copy.Entry.Answer));
        Assert.Equal((true, 2, 0), (asked.Taken, asked.Entry!.Attempts, asked.Entry.Uncertain));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task What_may_have_arrived_stays_known_until_it_is_sent_again(bool mayHaveArrived, int uncertain)
    {
        var order = Guid.NewGuid();
        await _ledger.Claim(Claim(order), Stop);
        await _ledger.Record(Outcome(order, DeliveryState.Unavailable) with { MayHaveArrived = mayHaveArrived }, Stop);
        // Held in vain in between: nothing was sent, so nothing is known anew.
        await _ledger.Record(Outcome(order, DeliveryState.Unavailable) with { Answer = "held" }, Stop);

        var (taken, entry) = await _other.Claim(Claim(order), Stop);

        Assert.Equal((true, 2, uncertain, uncertain == 1), (taken, entry!.Attempts, entry.Uncertain, entry.RepeatsUnknown));
    }

    [Fact]
    public async Task A_live_claim_of_another_process_is_overwritten_by_nothing_but_accepted()
    {
        var order = Guid.NewGuid();
        await _ledger.Claim(Claim(order), Stop);

        var held = await _other.Record(Outcome(order, DeliveryState.Unavailable), Stop);
        var accepted = await _other.Record(Outcome(order, DeliveryState.Accepted), Stop);

        Assert.Equal(DeliveryState.Sending, held.State);
        Assert.Equal(DeliveryState.Accepted, accepted.State);
    }

    [Fact]
    public async Task Many_at_once_each_get_their_own_answer_and_the_summary_adds_up()
    {
        var orders = Enumerable.Range(0, 1_200).Select(_ => Guid.NewGuid()).ToList();

        var claims = await Task.WhenAll(orders.Select(order => _ledger.Claim(Claim(order), Stop)));
        var entries = await Task.WhenAll(orders.Select((order, index) => _ledger.Record(
            Outcome(order, index % 3 == 0 ? DeliveryState.Refused : DeliveryState.Accepted) with { Answer = $"{index}", MayHaveArrived = false }, Stop)));

        Assert.All(orders.Zip(claims), pair => Assert.Equal((true, pair.First), (pair.Second.Taken, pair.Second.Entry!.OrderId)));
        Assert.All(orders.Zip(entries).Select((pair, index) => (pair, index)), item =>
            Assert.Equal((item.pair.First, $"{item.index}"), (item.pair.Second.OrderId, item.pair.Second.Answer)));
        var summary = await _ledger.Summarize(Stop);
        Assert.Equal([(DeliveryState.Accepted, 800L), (DeliveryState.Refused, 400L)], summary.Select(count => (count.State, count.Orders)));
    }

    [Fact]
    public async Task Two_processes_that_ask_at_once_do_not_both_get_it()
    {
        var orders = Enumerable.Range(0, 300).Select(_ => Guid.NewGuid()).ToList();

        var mine = Task.WhenAll(orders.Select(order => _ledger.Claim(Claim(order), Stop)));
        var theirs = Task.WhenAll(Enumerable.Reverse(orders).Select(order => _other.Claim(Claim(order), Stop)));

        var winners = (await mine).Zip((await theirs).Reverse()).Select(pair => (pair.First.Taken ? 1 : 0) + (pair.Second.Taken ? 1 : 0));
        Assert.All(winners, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_destination_is_a_row_of_its_own()
    {
        var order = Guid.NewGuid();
        await _ledger.Record(Outcome(order, DeliveryState.Suppressed), Stop);
        await _ledger.Record(Outcome(order, DeliveryState.Suppressed) with { Destination = "odp" }, Stop);

        Assert.Equal(["odp", Destination], (await _ledger.OfOrder(order, Stop)).Select(entry => entry.Destination));
        Assert.Equal("odp", (await _ledger.Find(order, "odp", Stop))!.Destination);
        Assert.Null(await _ledger.Find(Guid.NewGuid(), "odp", Stop));
    }

    private static LedgerClaim Claim(Guid order, bool again = false) => new(order, Destination, "t1", again, "customer");

    private static LedgerOutcome Outcome(Guid order, DeliveryState state) => new(order, Destination, "t1", state, "customer");

    private Ledger Open() => new(kind == "PostgreSql" ? new PostgreSqlLedgerStore(_database) : new SqliteLedgerStore(_database), _database, Lease, _time);
}

public sealed class PostgreSqlLedgerTests() : LedgerTests("PostgreSql");

public sealed class SqliteLedgerTests() : LedgerTests("Sqlite");
