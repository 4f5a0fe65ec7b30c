using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.Tests.KeepingTheLedger;

/// <summary>Two ledgers over one database of either kind, as two processes have them, with a clock that only moves when told.</summary>
public abstract class OpenLedgers(string kind) : IAsyncLifetime
{
    protected const string Destination = "profile-store";
    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private LedgerDatabase _files = null!;
    private SenderHost _host = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected ManualTime Time { get; } = new();

    /// <summary>Of a whole sender on the same database; it has applied the schema.</summary>
    protected IServiceProvider Services => _host.Services;

    private protected Ledger Ledger { get; private set; } = null!;

    private protected Ledger Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _files = await LedgerDatabase.Create(kind);
        _host = await SenderHost.Start(database: _files);
        (Ledger, Other) = (Open(), Open());
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Ledger.DisposeAsync();
        await Other.DisposeAsync();
        await _host.DisposeAsync();
        await _files.DisposeAsync();
    }

    private protected static LedgerClaim Claim(Guid order, string customer = "customer", bool again = false) => new(order, Destination, "t1", again, customer);

    private protected static LedgerOutcome Outcome(Guid order, DeliveryState state) => new(order, Destination, "t1", state, "customer");

    private Ledger Open()
    {
        var database = Services.GetRequiredKeyedService<ServiceDatabase>("ProfileStoreSender");
        return new(kind == "PostgreSql" ? new PostgreSqlLedgerStore(database) : new SqliteLedgerStore(database), database, Lease, Time);
    }
}
