using System.Text.Json;
using Contracts.OrderIngest;
using MessageExamples;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIngest.ErasingPeople;
using OrderIngest.JournalingOrders;
using OrderIngest.ReplayingOrders;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.Tests.ReplayingOrders;

/// <summary>One process that replays, as far as a test needs it: journal, replays, a broker that does as it is told. Nothing runs but what a test steps through.</summary>
internal sealed class ReplayingInstance : IAsyncDisposable
{
    public static readonly ReplayTarget Warehouse = new("warehouse", ReplayMessage.OrderReceived);

    private const int AtATime = 500;

    private readonly IHost _host;

    private ReplayingInstance(IHost host, ScriptedBroker broker, ManualTime time) => (_host, Broker, Time) = (host, broker, time);

    public ScriptedBroker Broker { get; }

    public ManualTime Time { get; }

    public IJournal Journal => _host.Services.GetRequiredService<IJournal>();

    public Replays Replays => _host.Services.GetRequiredService<Replays>();

    public ReplayPlan Plan => _host.Services.GetRequiredService<ReplayPlan>();

    private ReplayStep Stepper => _host.Services.GetRequiredService<ReplayStep>();

    public static async Task<ReplayingInstance> Start(string database, ManualTime time, ScriptedBroker broker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Database:ConnectionString"] = database });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddJournal();
        builder.Services.AddSingleton<IngestTables>().AddSingleton<Replays>().AddSingleton<JournalReading>().AddSingleton<ReplayPlan>().AddSingleton<ReplayMetrics>().AddSingleton<ReplayStep>().AddSingleton<JournalErasure>();
        builder.Services.AddSingleton<IReplaySender>(broker);
        var host = builder.Build();
        await host.StartAsync();
        return new(host, broker, time);
    }

    /// <summary>So many orders that were accepted and published, in the order of the journal.</summary>
    public async Task<IReadOnlyList<Guid>> Journaled(int orders) =>
        [.. (await Journaled(Enumerable.Range(1, orders).Select(n => An.Order($"{n}")))).Chunk(AtATime).SelectMany(some => some.OrderBy(id => $"{id:D}", StringComparer.Ordinal))];

    public async Task<IReadOnlyList<Guid>> Journaled(IEnumerable<Order> orders)
    {
        var entries = orders.Select(order => JournalEntry.Of(order, Time.GetUtcNow())).ToList();
        // PostgreSQL numbers the orders of one statement by their ids.
        foreach (var some in entries.Chunk(AtATime))
            await Journal.Add([.. some.OrderBy(entry => $"{entry.OrderId:D}", StringComparer.Ordinal)], default);
        await Published();
        return [.. entries.Select(entry => entry.OrderId)];
    }

    public async Task Published()
    {
        while ((await Journal.Relay(5000, TimeSpan.FromMinutes(1), (claimed, _) => Task.FromResult<IReadOnlyCollection<Guid>>([.. claimed.Select(order => order.OrderId)]), default)).Claimed > 0)
        {
        }
    }

    /// <summary>What an erasure does to orders of the journal.</summary>
    public Task Erase(IReadOnlyList<Guid> orders) => _host.Services.GetRequiredService<JournalErasure>().Erase(orders, default);

    /// <summary>Dry run and start in one.</summary>
    public async Task<Replay> Begin(ReplayFilter? filter = null, int ordersPerSecond = 10_000)
    {
        filter ??= new();
        var preview = await Plan.Preview(Warehouse, filter, ordersPerSecond, default);
        var (replay, isNew) = await Plan.Start(ReplayConfirmation.Read(preview.Confirm!, Warehouse, filter)!, Warehouse, filter, ordersPerSecond, default);
        Assert.True(isNew);
        return replay!;
    }

    public Task<bool> Step() => Stepper.Run(default);

    /// <summary>Steps until the replay is not running any more; the clock goes on wherever it waits.</summary>
    public async Task<Replay> ToItsEnd(Replay replay)
    {
        for (var steps = 0; ; steps++)
        {
            Assert.True(steps < 10_000, "it does not end");
            if (!await Step())
                Time.Advance(TimeSpan.FromMilliseconds(50));
            if ((await Find(replay)).State != ReplayState.Running)
                return await Find(replay);
        }
    }

    public async Task<Replay> Find(Replay replay) => (await Replays.Find(replay.Id, default))!;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>The broker as a replay sees it. What it has confirmed, it has.</summary>
internal sealed class ScriptedBroker(TimeProvider time) : IReplaySender
{
    private readonly Lock _lock = new();
    private readonly List<(Guid OrderId, DateTimeOffset At)> _received = [];

    /// <summary>Answers to the question whether the queue is there.</summary>
    public Func<ReplayProblem?> Looking { get; set; } = () => null;

    /// <summary>What happens once the broker has some orders.</summary>
    public Func<Replay, Task> Confirming { get; set; } = _ => Task.CompletedTask;

    /// <summary>What it answers instead of taking them.</summary>
    public Func<ReplayProblem?> Refusing { get; set; } = () => null;

    public IReadOnlyList<(Guid OrderId, DateTimeOffset At)> Received
    {
        get
        {
            lock (_lock)
                return [.. _received];
        }
    }

    public IReadOnlyList<Guid> Ids => [.. Received.Select(received => received.OrderId)];

    public Task<ReplayProblem?> Look(string queue, CancellationToken cancellationToken) => Task.FromResult(Looking());

    public async Task<ReplayProblem?> Send(Replay replay, IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        if (Refusing() is { } problem)
            return problem;
        lock (_lock)
            _received.AddRange(bodies.Select(body => (JsonSerializer.Deserialize<OrderReceived>(body, PlainJson.Options)!.OrderId, time.GetUtcNow())));
        await Confirming(replay);
        return null;
    }
}
