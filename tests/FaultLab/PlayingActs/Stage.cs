using System.Collections.Concurrent;
using Dapper;
using FaultLab.StartingServers;
using FaultLab.UsingTheBroker;
using Npgsql;
using RealServers;
using RunningSystem;

namespace FaultLab.PlayingActs;

/// <summary>What an act plays with.</summary>
internal sealed class Stage(InStoreSystem system, LabServers servers, BrokerControl broker, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Journal = "order_ingest.orders";

    private readonly ConcurrentDictionary<Guid, bool> _accepted = new();
    private int _receipts;

    public InStoreSystem System { get; } = system;

    public RabbitMqNode RabbitMq { get; } = servers.RabbitMq;

    public BrokerControl Broker { get; } = broker;

    public CancellationToken Stop { get; } = cancellationToken;

    public IReadOnlyCollection<Guid> Accepted => [.. _accepted.Keys];

    /// <summary>The services the law depends on.</summary>
    public IReadOnlyList<ServiceProcess> Services => [System.OrderIngest, System.CustomerResolution, System.ProfileStoreSender, System.OrderJourney];

    /// <summary>Posts this many new orders and returns when all are accepted.</summary>
    public Task Post(int orders) => Parallel.ForEachAsync(
        Enumerable.Range(0, orders), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop },
        async (_, token) => _accepted[await System.Post(NextReceipt(), token)] = true);

    /// <summary>Receipt numbers that no order of the act has.</summary>
    public IReadOnlyList<string> NewReceipts(int orders) => [.. Enumerable.Range(0, orders).Select(_ => NextReceipt())];

    /// <summary>A step of the act: when it does not come about, nothing is proven.</summary>
    public Task Until(string what, Func<Task<bool>> condition, TimeSpan? within = null) => Eventually.Holds(async () =>
    {
        Stop.ThrowIfCancellationRequested();
        return await condition();
    }, within ?? Patience, what);

    /// <summary>A step that the system promises: when it does not come about, the promise is broken.</summary>
    public async Task Promised(string what, Func<Task<bool>> condition, TimeSpan within)
    {
        try
        {
            await Eventually.Holds(condition, within, what);
        }
        catch (TimeoutException exception)
        {
            throw new BrokenPromiseException(exception.Message);
        }
    }

    /// <summary>How many journeys are in a state.</summary>
    public async Task<int> Journeys(string state)
    {
        await using var database = new NpgsqlConnection(System.Database.ConnectionString);
        return await database.ExecuteScalarAsync<int>("SELECT count(*)::int FROM order_journey.journeys WHERE state = @state", new { state });
    }

    /// <summary>Whether OrderIngest holds a batch open while it waits for confirms, or has already marked more orders as published than these.</summary>
    public async Task<bool> RelayIsAtWork(int beyond)
    {
        await using var database = new NpgsqlConnection(System.Database.ConnectionString);
        return await database.ExecuteScalarAsync<bool>(
            """
            SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'OrderIngest' AND state = 'idle in transaction')
                OR (SELECT count(*) FROM order_ingest.orders WHERE published_at IS NOT NULL) > @beyond
            """, new { beyond });
    }

    /// <summary>How many orders the journal has.</summary>
    public async Task<int> Journaled()
    {
        await using var database = new NpgsqlConnection(System.Database.ConnectionString);
        return await database.ExecuteScalarAsync<int>($"SELECT count(*)::int FROM {Journal}");
    }

    /// <summary>How many inputs of all files OrderIngest has noted as taken.</summary>
    public async Task<int> Noted()
    {
        await using var database = new NpgsqlConnection(System.Database.ConnectionString);
        return await database.ExecuteScalarAsync<int>("SELECT coalesce(sum(accepted + duplicates + conflicts + rejected + skipped), 0)::int FROM order_ingest.inbox_files");
    }

    /// <summary>Counts orders as accepted that got no answer one by one: whoever took them promised to journal them.</summary>
    /// <exception cref="BrokenPromiseException">The journal does not have them all in time.</exception>
    public async Task Accept(IReadOnlyCollection<string> receipts, TimeSpan within)
    {
        var (clock, journal) = (TimeProvider.System, new Dictionary<string, Guid>());
        var began = clock.GetTimestamp();
        var missing = await Eventually.Becomes(
            async () =>
            {
                await using var database = new NpgsqlConnection(System.Database.ConnectionString);
                journal = (await database.QueryAsync<(string Receipt, Guid OrderId)>($"SELECT receipt_number, order_id FROM {Journal}")).ToDictionary(row => row.Receipt, row => row.OrderId);
                return receipts.Where(receipt => !journal.ContainsKey(receipt)).ToList();
            },
            missing => missing.Count == 0 || clock.GetElapsedTime(began) > within, within + Patience);
        foreach (var receipt in receipts.Except(missing))
            _accepted[journal[receipt]] = true;
        if (missing.Count > 0)
            throw new BrokenPromiseException($"of {receipts.Count} orders that were taken {missing.Count} are not in the journal {within.TotalSeconds:0} s later, such as receipt {missing[0]}");
    }

    /// <summary>How many events the destination has stored, copies included.</summary>
    public async Task<long> Stored() => (await System.ProfileStore.Summary()).Stored;

    /// <summary>Until disposed, whoever wants to write a journey waits.</summary>
    public Task<IAsyncDisposable> HoldBackJourneys() => Lock("order_journey.journeys", "ACCESS EXCLUSIVE");

    /// <summary>Until disposed, whoever wants to write an order into the journal waits; it can be read.</summary>
    public Task<IAsyncDisposable> HoldBackJournal() => Lock(Journal, "SHARE");

    /// <summary>Until disposed, OrderIngest waits when it wants to note how far it has read a file.</summary>
    public Task<IAsyncDisposable> HoldBackNotes() => Lock("order_ingest.inbox_files", "SHARE");

    /// <summary>Whether a statement that writes into the journal waits for us.</summary>
    public async Task<bool> JournalIsAwaited()
    {
        await using var database = new NpgsqlConnection(System.Database.ConnectionString);
        return await database.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM pg_locks WHERE relation = '{Journal}'::regclass AND NOT granted)");
    }

    /// <summary>SIGKILL, and the database hears of it at once: a statement that waits for a lock would be done after its caller's death.</summary>
    public async Task Die(ServiceProcess service)
    {
        await service.Kill();
        await using var database = new NpgsqlConnection(System.Database.ConnectionString);
        await Until($"The end of the sessions of {service.Name}", async () => !(await database.QueryAsync<bool>(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = @Name", new { service.Name })).Any());
    }

    /// <summary>Starts a service that is down; it keeps its port.</summary>
    public async Task Restart(ServiceProcess service)
    {
        service.Start();
        await service.WhenLive();
    }

    /// <summary>All accepted orders tracked, or nothing changes any more for a while.</summary>
    public async Task<Law> Settled(TimeSpan stall)
    {
        var clock = TimeProvider.System;
        var (changedAt, before) = (clock.GetTimestamp(), default((int, int, int)));
        return await Eventually.Becomes(
            async () =>
            {
                Stop.ThrowIfCancellationRequested();
                var law = await Law.Check(System, Accepted);
                var seen = (law.Tracked, law.Unfinished, law.Lost.Count);
                if (seen != before)
                    (changedAt, before) = (clock.GetTimestamp(), seen);
                return law;
            },
            law => law.Tracked >= _accepted.Count && law.Holds || clock.GetElapsedTime(changedAt) > stall, TimeSpan.FromMinutes(2), "The end of the act");
    }

    private string NextReceipt() => $"{Interlocked.Increment(ref _receipts)}";

    private async Task<IAsyncDisposable> Lock(string table, string mode)
    {
        var database = new NpgsqlConnection(System.Database.ConnectionString + ";Pooling=false");
        await database.OpenAsync(Stop);
        await database.ExecuteAsync($"BEGIN; LOCK TABLE {table} IN {mode} MODE");
        return database;
    }
}
