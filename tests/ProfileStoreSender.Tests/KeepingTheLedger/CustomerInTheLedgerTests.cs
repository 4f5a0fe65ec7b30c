using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.Tests.KeepingTheLedger;

/// <summary>For whom an order was sent, written once and run on both databases.</summary>
public abstract class CustomerInTheLedgerTests(string kind) : IAsyncLifetime
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
    public async Task Refused_for_one_customer_is_tried_for_another()
    {
        var order = Guid.NewGuid();
        await _ledger.Claim(Claim(order), Stop);
        var refused = await _ledger.Record(Outcome(order, DeliveryState.Refused) with { StatusCode = 400, MayHaveArrived = false }, Stop);

        var (taken, entry) = await _ledger.Claim(Claim(order, customer: "another"), Stop);

        Assert.Equal((true, 2, 0, "another"), (taken, entry!.Attempts, entry.Uncertain, entry.CustomerKey));
        Assert.Equal((true, false, true), (refused.Settles(Claim(order)), refused.Settles(Claim(order, customer: "another")), (refused with { CustomerKey = null }).Settles(Claim(order))));
    }

    [Fact]
    public async Task Accepted_says_for_whom_even_when_somebody_else_was_claimed_meanwhile()
    {
        var order = Guid.NewGuid();
        await _ledger.Claim(Claim(order), Stop);
        _time.Advance(Lease + TimeSpan.FromMilliseconds(1));
        await _other.Claim(Claim(order, customer: "another"), Stop);

        var accepted = await _ledger.Record(Outcome(order, DeliveryState.Accepted), Stop);
        var repeated = await _other.Claim(Claim(order, customer: "another"), Stop);

        Assert.Equal("customer", accepted.CustomerKey);
        Assert.Equal((false, "customer"), (repeated.Taken, repeated.Entry!.CustomerKey));
    }

    private static LedgerClaim Claim(Guid order, string customer = "customer") => new(order, Destination, "t1", false, customer);

    private static LedgerOutcome Outcome(Guid order, DeliveryState state) => new(order, Destination, "t1", state, "customer");

    private Ledger Open() => new(kind == "PostgreSql" ? new PostgreSqlLedgerStore(_database) : new SqliteLedgerStore(_database), _database, Lease, _time);
}

public sealed class PostgreSqlCustomerInTheLedgerTests() : CustomerInTheLedgerTests("PostgreSql");

public sealed class SqliteCustomerInTheLedgerTests() : CustomerInTheLedgerTests("Sqlite");
