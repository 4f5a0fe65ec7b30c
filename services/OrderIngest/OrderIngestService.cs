using Contracts.OrderIngest;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrderIngest.DescribingRoutes;
using OrderIngest.ErasingPeople;
using OrderIngest.GuardingSources;
using OrderIngest.ImportingFiles;
using OrderIngest.JournalingOrders;
using OrderIngest.MeasuringBacklog;
using OrderIngest.ReadingOrders;
using OrderIngest.ReceivingOrders;
using OrderIngest.ReconcilingJourneys;
using OrderIngest.RelayingOrders;
using OrderIngest.RepairingRejectedInput;
using OrderIngest.ReplayingOrders;
using OrderIngest.WatchingInboxes;
using OrderIngest.WatchingStores;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.UsingTheDatabase;
using ServiceDefaults.ValidatingOptions;

namespace OrderIngest;

/// <summary>Accepts orders, journals them, publishes <c>OrderReceived</c>.</summary>
public static class OrderIngestService
{
    /// <summary>The service's name.</summary>
    public const string Name = "OrderIngest";

    /// <summary>Everything but the bus.</summary>
    public static void AddOrderIngest(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var development = builder.Environment.IsDevelopment();
        builder.AddJournal().Validate(
            options => !(options.RequireApiKey ?? !development) || options.Sources.Values.Any(source => source.HasKey),
            $"{OrderIngestOptions.Section}:Sources:<source>:ApiKeyHash: is missing for every source; set at least one, or {OrderIngestOptions.Section}:{nameof(OrderIngestOptions.RequireApiKey)}=false behind a gateway that does the asking")
            .Validate(
                options => (options.RequireApiKey ?? !development) || options.Sources.Values.All(source => source.Signature.Secrets.Count == 0),
                $"{OrderIngestOptions.Section}:Sources:<source>:Signature: is checked for the source that a key names; set {OrderIngestOptions.Section}:{nameof(OrderIngestOptions.RequireApiKey)}=true")
            .Validate<IOptions<BusOptions>>(
                (options, bus) => bus.Value.Transport != BusTransport.AzureServiceBus || options.AcknowledgeWithin > DuplicatesAreDroppedFor,
                $"{OrderIngestOptions.Section}:{nameof(OrderIngestOptions.AcknowledgeWithin)}: must be longer than {DuplicatesAreDroppedFor}, the duplicateDetectionWindow in deploy/topology.json: Service Bus would drop what is published again");

        var services = builder.Services;
        services.AddSingleton<SharedJournalWrites>();
        services.AddSingleton<SingleOrder>();
        services.AddSingleton<OrderBatch>();
        services.AddSingleton<QueuedWrites>();
        services.AddSingleton<QueuedOrder>();
        services.AddSingleton<OrderStates>();
        services.AddDoor();
        services.AddRejectedInput();
        services.AddReplays();
        services.AddSingleton<JournalErasure>();
        services.AddSingleton<RejectedErasure>();
        services.AddRequestDecompression();
        services.AddDescription();

        services.AddSingleton<InboxFiles>();
        services.AddSingleton<InboxMetrics>();
        services.AddSingleton<InboxImport>();
        services.AddSingleton<InboxWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<InboxWatcher>());

        services.AddSingleton<OrderPublisher>();
        services.AddSingleton<OrderRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<OrderRelay>());
        services.AddSingleton<JourneyReconciliation>();
        services.AddHostedService(provider => provider.GetRequiredService<JourneyReconciliation>());
        services.AddSingleton<BacklogMetrics>();
        services.AddHostedService<BacklogCount>();
        services.AddHttpClient<JourneysClient>(http => http.Timeout = TimeSpan.FromSeconds(10));
        services.AddHealthChecks()
            .Add(new("inboxes", provider => provider.GetRequiredService<InboxWatcher>(), HealthStatus.Degraded, ["ready"]))
            .AddCheck<RelayHealthCheck>("order relay", HealthStatus.Degraded, ["ready"])
            .Add(new("journeys", provider => provider.GetRequiredService<JourneyReconciliation>(), HealthStatus.Degraded, ["ready"]));
    }

    /// <summary>The routes, and their OpenAPI document.</summary>
    public static void MapOrderIngest(this IEndpointRouteBuilder routes)
    {
        routes.MapOrders();
        routes.MapRejected();
        routes.MapFiles();
        routes.MapReplays();
        routes.MapDescription();
    }

    private static TimeSpan DuplicatesAreDroppedFor =>
        DeclaredTopology.Current.Topics.Single(topic => topic.Message == typeof(OrderReceived).FullName).DetectsDuplicatesFor ?? TimeSpan.Zero;

    /// <summary>What an import needs: options, readers, journal. No bus and no routes.</summary>
    internal static OptionsBuilder<OrderIngestOptions> AddJournal(this IHostApplicationBuilder builder)
    {
        var options = builder.AddReaders();
        builder.AddServiceDatabase(Name, typeof(OrderIngestService).Assembly);
        var services = builder.Services;
        services.AddSingleton<IJournal>(provider =>
        {
            var database = provider.GetRequiredKeyedService<ServiceDatabase>(Name);
            var (size, time) = (provider.GetRequiredService<EventSize>(), provider.GetRequiredService<TimeProvider>());
            return database.Kind == DatabaseKind.PostgreSql ? new PostgresJournal(database, size, time) : new SqliteJournal(database, size, time);
        });
        services.AddSingleton<RelaySignal>();
        services.AddSingleton<LastOrders>();
        services.AddSingleton<OrderIngestMetrics>();
        services.AddSingleton<OrderIntake>();
        services.AddSingleton(provider => new OrderFileImport(
            provider.GetRequiredService<OrderIntake>(),
            provider.GetRequiredService<ConfiguredSources>(),
            provider.GetRequiredService<OrderReaders>(),
            provider.GetRequiredService<IJournal>(),
            provider.GetRequiredService<TimeProvider>()));
        return options;
    }

    /// <summary>What reading takes: options, sources, rules, a reader for each format. No database.</summary>
    internal static OptionsBuilder<OrderIngestOptions> AddReaders(this IHostApplicationBuilder builder)
    {
        var options = builder.AddValidatedOptions<OrderIngestOptions>(OrderIngestOptions.Section);
        builder.Services.AddSingleton<ConfiguredSources>();
        // An import has no bus; the orders it takes in have to go over one all the same.
        builder.Services.AddOptions<BusOptions>().BindConfiguration(BusOptions.Section);
        builder.Services.AddSingleton<EventSize>();
        builder.Services.AddSingleton<OrderRules>();
        OrderReaders.Add(builder.Services);
        return options;
    }
}
