using System.Collections.Concurrent;
using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreStandIn;
using RealServers;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.Tests;

/// <summary>The real service with only the transport exchanged, talking to a stand-in over real HTTP.</summary>
public sealed class SenderHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LedgerDatabase? _ownDatabase;
    private readonly PublishedOutcomes _outcomes = new();
    private readonly ConsumedConsents _consents = new();

    private SenderHost(WebApplication app, RunningStandIn store, LedgerDatabase? ownDatabase, LogCapture logs) =>
        (_app, Store, _ownDatabase, Logs) = (app, store, ownDatabase, logs);

    /// <summary>As the value of a setting: the stand-in's address, which is known once it runs.</summary>
    public const string StoreAddress = "the address of the stand-in";

    public RunningStandIn Store { get; }

    public LogCapture Logs { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Changes of consent that the service has dealt with.</summary>
    public int ConsentChanges => _consents.Count;

    internal Ledger Ledger => Services.GetRequiredService<Ledger>();

    public HttpClient Http { get; private set; } = null!;

    public static async Task<SenderHost> Start(
        string kind = "Sqlite", LedgerDatabase? database = null, StandInOptions? store = null, Dictionary<string, string?>? settings = null, bool queries = false)
    {
        var ownDatabase = database is null ? await LedgerDatabase.Create(kind) : null;
        var standIn = await RunningStandIn.Start(store);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Access:AllowAnonymous"] = "true",
            ["Database:ConnectionString"] = (database ?? ownDatabase!).ConnectionString,
            ["ProfileStore:BaseAddress"] = standIn.Address.ToString(),
            ["ProfileStore:SubscriptionKey"] = "secret-tracking-key",
            ["ProfileStore:Timeout"] = "00:00:05",
            ["ProfileStore:HoldFor"] = "00:00:01.5",
            ["ProfileStore:ProbeEvery"] = "00:00:00.3",
        });
        if (queries)
            builder.Configuration["ProfileStore:QueryBaseAddress"] = standIn.Address.ToString();
        builder.Configuration.AddInMemoryCollection((settings ?? []).Select(setting => setting.Value == StoreAddress ? KeyValuePair.Create(setting.Key, (string?)standIn.Address.ToString()) : setting));
        builder.AddServiceDefaults("ProfileStoreSender");
        builder.AddProfileStoreSender();
        // As AddServiceBus does, only shorter: an order that is held must not hold up the end of a test.
        builder.Services.Configure<MassTransitHostOptions>(host => (host.StopTimeout, host.ConsumerStopTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)));
        var logs = new LogCapture();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.Services.AddMassTransitTestHarness(TextWriter.Null, bus =>
        {
            Subscriptions.Of(builder.Configuration)(bus);
            bus.UsingInMemory((context, memory) =>
            {
                // As the service has it: the transport's own count is smaller than a backlog, and depends on the machine.
                memory.PrefetchCount = context.GetRequiredService<IOptions<BusOptions>>().Value.Prefetch;
                memory.UseDeclaredTopology();
                memory.ConfigureEndpoints(context);
            });
        });
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapProfileStoreSender();
        var host = new SenderHost(app, standIn, ownDatabase, logs);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // Refused, as some tests want it: nobody gets a host to end.
            await app.DisposeAsync();
            await standIn.DisposeAsync();
            if (ownDatabase is not null)
                await ownDatabase.DisposeAsync();
            throw;
        }
        app.Services.GetRequiredService<IBusControl>().ConnectPublishObserver(host._outcomes);
        app.Services.GetRequiredService<IBusControl>().ConnectConsumeMessageObserver(host._consents);
        host.Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        await app.Services.GetRequiredKeyedService<ServiceDatabase>("ProfileStoreSender").WhenReady(TestContext.Current.CancellationToken);
        return host;
    }

    public Task Publish<T>(T message)
        where T : class =>
        Services.GetRequiredService<IBus>().Publish(message, TestContext.Current.CancellationToken);

    public async Task Command(TrackOrder command) =>
        await (await Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("queue:profile-store-sender"))).Send(command, TestContext.Current.CancellationToken);

    /// <summary>All outcomes of an order, once there are as many as expected.</summary>
    public Task<IReadOnlyList<PublishedOutcome>> Outcomes(Guid orderId, int count = 1) =>
        Eventually.Becomes(() => Task.FromResult(_outcomes.Of(orderId)), outcomes => outcomes.Count >= count, TimeSpan.FromSeconds(20), $"{count} outcomes");

    public IReadOnlyList<PublishedOutcome> OutcomesSoFar(Guid orderId) => _outcomes.Of(orderId);

    public Task Stop() => _app.StopAsync(TestContext.Current.CancellationToken);

    internal async Task<LedgerEntry> Row(Guid orderId) =>
        await Ledger.Find(orderId, Destinations.ProfileStore, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("no row in the ledger");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        // A test that failed half-way leaves orders held: let them go, or the in-memory transport waits for each of them in turn.
        await Store.Behave();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Store.DisposeAsync();
        if (_ownDatabase is not null)
            await _ownDatabase.DisposeAsync();
    }

    private sealed class ConsumedConsents : IConsumeMessageObserver<CustomerConsentChanged>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task PreConsume(ConsumeContext<CustomerConsentChanged> context) => Task.CompletedTask;

        public Task PostConsume(ConsumeContext<CustomerConsentChanged> context)
        {
            Interlocked.Increment(ref _count);
            return Task.CompletedTask;
        }

        public Task ConsumeFault(ConsumeContext<CustomerConsentChanged> context, Exception exception) => Task.CompletedTask;
    }

    private sealed class PublishedOutcomes : IPublishObserver
    {
        private readonly ConcurrentQueue<PublishedOutcome> _published = new();

        public IReadOnlyList<PublishedOutcome> Of(Guid orderId) => [.. _published.Where(outcome => outcome.OrderId == orderId)];

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class
        {
            switch (context.Message)
            {
                case OrderTracked tracked:
                    _published.Enqueue(new(tracked.OrderId, context.CorrelationId, tracked.Destination, tracked, null));
                    break;
                case OrderTrackingFailed failed:
                    _published.Enqueue(new(failed.OrderId, context.CorrelationId, failed.Destination, null, failed));
                    break;
            }
            return Task.CompletedTask;
        }

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}

public sealed record PublishedOutcome(Guid OrderId, Guid? CorrelationId, string Destination, OrderTracked? Tracked, OrderTrackingFailed? Failed);
