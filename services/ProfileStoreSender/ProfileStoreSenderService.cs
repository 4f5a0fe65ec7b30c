using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProfileStoreSender.ErasingPeople;
using ProfileStoreSender.KeepingConsents;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.ReportingHealth;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.SendingToOdp;
using ProfileStoreSender.SendingToWebhook;
using ProfileStoreSender.SuppressingPeople;
using ProfileStoreSender.TrackingInProfileStore;
using ServiceDefaults.UsingTheDatabase;
using ServiceDefaults.ValidatingOptions;

namespace ProfileStoreSender;

/// <summary>Sends the tracking event of every order whose customer is known, once per destination as far as the ledger can know.</summary>
public static partial class ProfileStoreSenderService
{
    internal const string Name = "ProfileStoreSender";

    /// <summary>Options, ledger, client and health; not the bus.</summary>
    public static void AddProfileStoreSender(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddValidatedOptions<SenderOptions>(SenderOptions.Section);
        builder.AddServiceDatabase(Name, typeof(ProfileStoreSenderService).Assembly);
        var services = builder.Services;
        services.AddSingleton<ILedgerStore>(provider => provider.GetRequiredKeyedService<ServiceDatabase>(Name) is { Kind: DatabaseKind.PostgreSql } postgres
            ? new PostgreSqlLedgerStore(postgres) : new SqliteLedgerStore(provider.GetRequiredKeyedService<ServiceDatabase>(Name)));
        services.AddSingleton(provider => new Ledger(
            provider.GetRequiredService<ILedgerStore>(), provider.GetRequiredKeyedService<ServiceDatabase>(Name),
            provider.GetServices<DestinationOptions>().Max(options => options.Timeout) + Ledger.LeaseBeyondTimeout, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IConsentStore>(provider => provider.GetRequiredKeyedService<ServiceDatabase>(Name) is { Kind: DatabaseKind.PostgreSql } postgres
            ? new PostgreSqlConsentStore(postgres) : new SqliteConsentStore(provider.GetRequiredKeyedService<ServiceDatabase>(Name)));
        services.AddSingleton(provider => new Consents(provider.GetRequiredService<IConsentStore>(), provider.GetRequiredKeyedService<ServiceDatabase>(Name)));
        services.AddErasing();
        services.AddSingleton<SendingMetrics>();
        // One handler for the life of the process; its connections are renewed, so that a changed DNS entry is noticed.
        services.AddHttpClient<EventRequests>(http => http.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers().SetHandlerLifetime(Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // A redirect would carry the key to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        var served = SenderOptions.ServedBy(builder.Configuration);
        if (served.Contains(ProfileStoreDestination.Name))
        {
            builder.AddDestination<ProfileStoreDestination, ProfileStoreOptions, TrackingEventBuilder>(ProfileStoreOptions.Section, "profile store");
            services.AddSingleton<IDestinationErasure, ProfileStoreErasure>();
        }
        if (served.Contains(OdpDestination.Name))
        {
            builder.AddDestination<OdpDestination, OdpOptions, OdpEventBuilder>(OdpOptions.Section, "odp");
            services.AddSingleton<IDestinationErasure, OdpErasure>();
        }
        if (served.Contains(WebhookDestination.Name))
        {
            var development = builder.Environment.IsDevelopment();
            builder.AddDestination<WebhookDestination, WebhookOptions>(WebhookOptions.Section, "webhook").Validate(
                options => development || options.IsPrivate, $"{WebhookOptions.Section}:{nameof(WebhookOptions.BaseAddress)}: is not https; outside Development only an address of this machine may be without");
        }
        services.AddHostedService<StartNotice>();
    }

    /// <summary>The routes of the ledger and of the suppression list.</summary>
    public static void MapProfileStoreSender(this IEndpointRouteBuilder routes)
    {
        LedgerRoutes.Map(routes);
        SuppressionRoutes.Map(routes);
    }

    private static void AddDestination<TDestination, TOptions, TBuilder>(this IHostApplicationBuilder builder, string section, string healthCheck)
        where TDestination : class, IDestination
        where TOptions : DestinationOptions
        where TBuilder : class
    {
        builder.Services.AddSingleton<TBuilder>();
        builder.AddDestination<TDestination, TOptions>(section, healthCheck);
    }

    private static OptionsBuilder<TOptions> AddDestination<TDestination, TOptions>(this IHostApplicationBuilder builder, string section, string healthCheck)
        where TDestination : class, IDestination
        where TOptions : DestinationOptions
    {
        var services = builder.Services;
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        services.AddSingleton<DestinationOptions>(provider => provider.GetRequiredService<TOptions>());
        services.AddSingleton(provider => new ServedDestination(TDestination.Name, provider.GetRequiredService<TOptions>().Enabled));
        services.AddSingleton<TDestination>();
        services.AddSingleton<OrderSender<TDestination>>();
        services.AddHealthChecks().AddCheck<DestinationHealth<TDestination>>(healthCheck, tags: ["ready"]);
        return builder.AddValidatedOptions<TOptions>(section);
    }

    /// <summary>Says once at start what an operator may not have meant.</summary>
    private sealed partial class StartNotice(IEnumerable<DestinationOptions> destinations, ILogger<StartNotice> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            foreach (var options in destinations)
            {
                if (!options.Enabled)
                    LogMessages.Disabled(log, options.SectionName);
                if (options is ProfileStoreOptions { Scope: var scope } && !DocumentedScope().IsMatch(scope))
                    LogMessages.UnusualScope(log, scope);
            }
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [GeneratedRegex("^[a-z0-9][a-z0-9_]{0,63}$")]
        private static partial Regex DocumentedScope();
    }
}
