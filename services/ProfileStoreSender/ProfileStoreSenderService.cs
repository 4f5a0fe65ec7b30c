using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProfileStoreSender.BuildingTrackingEvents;
using ProfileStoreSender.KeepingConsents;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.ReportingHealth;
using ProfileStoreSender.SendingEvents;
using ServiceDefaults.UsingTheDatabase;
using ServiceDefaults.ValidatingOptions;

namespace ProfileStoreSender;

/// <summary>Sends the tracking event of every order whose customer is known, once per destination as far as the ledger can know.</summary>
public static partial class ProfileStoreSenderService
{
    private const string Name = "ProfileStoreSender";

    /// <summary>Options, ledger, client and health; not the bus.</summary>
    public static void AddProfileStoreSender(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddValidatedOptions<ProfileStoreOptions>(ProfileStoreOptions.Section);
        builder.AddServiceDatabase(Name, typeof(ProfileStoreSenderService).Assembly);
        var services = builder.Services;
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ProfileStoreOptions>>().Value);
        services.AddSingleton<ILedgerStore>(provider => provider.GetRequiredKeyedService<ServiceDatabase>(Name) is { Kind: DatabaseKind.PostgreSql } postgres
            ? new PostgreSqlLedgerStore(postgres) : new SqliteLedgerStore(provider.GetRequiredKeyedService<ServiceDatabase>(Name)));
        services.AddSingleton(provider => new Ledger(
            provider.GetRequiredService<ILedgerStore>(), provider.GetRequiredKeyedService<ServiceDatabase>(Name),
            provider.GetRequiredService<ProfileStoreOptions>().Timeout + Ledger.LeaseBeyondTimeout, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IConsentStore>(provider => provider.GetRequiredKeyedService<ServiceDatabase>(Name) is { Kind: DatabaseKind.PostgreSql } postgres
            ? new PostgreSqlConsentStore(postgres) : new SqliteConsentStore(provider.GetRequiredKeyedService<ServiceDatabase>(Name)));
        services.AddSingleton(provider => new Consents(provider.GetRequiredService<IConsentStore>(), provider.GetRequiredKeyedService<ServiceDatabase>(Name)));
        services.AddSingleton<TrackingEventBuilder>();
        services.AddSingleton<DestinationGate>();
        services.AddSingleton<SendingMetrics>();
        // One handler for the life of the process; its connections are renewed, so that a changed DNS entry is noticed.
        services.AddHttpClient<ProfileStoreClient>().RemoveAllLoggers().SetHandlerLifetime(Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // A redirect would carry the key to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        services.AddSingleton<SharedRequests>();
        services.AddSingleton<TrackingEventSender>();
        services.AddHostedService<StartNotice>();
        services.AddHealthChecks().AddCheck<ProfileStoreHealth>("profile store", tags: ["ready"]);
    }

    /// <summary>The ledger's routes.</summary>
    public static void MapProfileStoreSender(this IEndpointRouteBuilder routes) => LedgerRoutes.Map(routes);

    /// <summary>Says once at start what an operator may not have meant.</summary>
    private sealed partial class StartNotice(ProfileStoreOptions options, ILogger<StartNotice> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (!options.Enabled)
                LogMessages.Disabled(log);
            if (!DocumentedScope().IsMatch(options.Scope))
                LogMessages.UnusualScope(log, options.Scope);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [GeneratedRegex("^[a-z0-9][a-z0-9_]{0,63}$")]
        private static partial Regex DocumentedScope();
    }
}
