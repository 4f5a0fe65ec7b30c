using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderJourney.Journey;
using OrderJourney.KeepingCardNotices;
using OrderJourney.StoringJourneys;
using RealServers;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.Tests.StoringJourneys;

/// <summary>An empty journey database of a test's own, of either kind.</summary>
public sealed class JourneyDatabase : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Func<ValueTask> _drop;

    private JourneyDatabase(IHost host, string connection, Func<ValueTask> drop) => (_host, ConnectionString, _drop) = (host, connection, drop);

    public string ConnectionString { get; }

    internal ServiceDatabase Database => _host.Services.GetRequiredKeyedService<ServiceDatabase>(OrderJourneyService.Name);

    internal IJourneyTable Table => _host.Services.GetRequiredService<IJourneyTable>();

    internal IJourneyQueries Queries => _host.Services.GetRequiredService<IJourneyQueries>();

    internal CardNotices Notices => _host.Services.GetRequiredService<CardNotices>();

    internal JourneyStore Store => _host.Services.GetRequiredService<JourneyStore>();

    public static async Task<JourneyDatabase> Create(DatabaseKind kind)
    {
        if (kind == DatabaseKind.PostgreSql)
        {
            var server = await TestDatabase.Create();
            return await Open(server.ConnectionString, server.DisposeAsync);
        }
        var folder = Directory.CreateTempSubdirectory("journeys");
        return await Open($"Data Source={Path.Combine(folder.FullName, "{service}.db")};Pooling=false", () =>
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>The same database as the next version of the service finds it at its start. To be disposed of first.</summary>
    public Task<JourneyDatabase> OpenAgain() => Open(ConnectionString, () => ValueTask.CompletedTask);

    private static async Task<JourneyDatabase> Open(string connection, Func<ValueTask> drop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["Database:ConnectionString"] = connection;
        builder.Services.AddSingleton<TimeProvider>(TimeProvider.System);
        builder.AddServiceDatabase(OrderJourneyService.Name, typeof(OrderJourneyService).Assembly);
        builder.Services.AddSingleton<JourneyTables>();
        builder.Services.AddSingleton(provider => provider.GetRequiredService<JourneyTables>().Table);
        builder.Services.AddSingleton(provider => provider.GetRequiredService<JourneyTables>().Queries);
        builder.Services.AddSingleton(provider => provider.GetRequiredService<JourneyTables>().Notices);
        builder.Services.AddSingleton<JourneyStore>();
        builder.Services.AddSingleton<CardNotices>();
        var host = builder.Build();
        await host.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await host.Services.GetRequiredKeyedService<ServiceDatabase>(OrderJourneyService.Name).WhenReady(patience.Token);
        return new(host, connection, drop);
    }

    internal static OrderJourneySaga NewJourney(Guid id, DateTimeOffset? startedAt = null, string state = JourneyState.Received, string store = "S012", string receipt = "000123")
    {
        var saga = new OrderJourneySaga { CorrelationId = id, CurrentState = state };
        saga.Learn(An.OrderReceived(id, An.Order(receipt) with { StoreId = store }));
        saga.StartedAt = saga.StateSince = saga.UpdatedAt = startedAt ?? An.Noon;
        return saga;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _drop();
    }
}
