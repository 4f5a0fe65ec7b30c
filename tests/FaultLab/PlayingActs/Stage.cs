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
        async (_, token) => _accepted[await System.Post($"{Interlocked.Increment(ref _receipts)}", token)] = true);

    /// <summary>A step of the act: when it does not come about, nothing is proven.</summary>
    public Task Until(string what, Func<Task<bool>> condition) => Eventually.Holds(async () =>
    {
        Stop.ThrowIfCancellationRequested();
        return await condition();
    }, Patience, what);

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

    /// <summary>How many events the destination has stored, copies included.</summary>
    public async Task<long> Stored() => (await System.ProfileStore.Summary()).Stored;

    /// <summary>Until disposed, whoever wants to write a journey waits.</summary>
    public async Task<IAsyncDisposable> HoldBackJourneys()
    {
        var database = new NpgsqlConnection(System.Database.ConnectionString + ";Pooling=false");
        await database.OpenAsync(Stop);
        await database.ExecuteAsync("BEGIN; LOCK TABLE order_journey.journeys IN ACCESS EXCLUSIVE MODE");
        return database;
    }

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
}
