using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.ResolvingCustomers;
using CustomerResolution.TakingNotices;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ServiceDefaults.GuardingAccess;
using ServiceDefaults.ValidatingOptions;

namespace CustomerResolution;

/// <summary>Puts the service together; the host adds the service defaults and the bus.</summary>
public static class CustomerResolutionService
{
    private const string Loyalty = "CustomerResolution.Loyalty";
    private const string Contacts = "CustomerResolution.CustomerContacts";

    /// <summary>Registers options, providers and the resolver.</summary>
    public static void AddCustomerResolution(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ReadyConfiguration.AddTo(builder.Configuration);
        builder.AddValidatedOptions<LoyaltyOptions>(LoyaltyOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<LoyaltyOptions>, StrictLookups>();
        builder.AddValidatedOptions<CustomerContactsOptions>(CustomerContactsOptions.Section);
        builder.Services.AddSingleton<CustomerResolutionMetrics>();
        builder.AddIdentification();

        AddProvider(Loyalty, "loyalty-provider", provider => ProviderSettings.Loyalty(provider.GetRequiredService<IOptions<LoyaltyOptions>>().Value));
        AddProvider(Contacts, "customer-contacts", provider => ProviderSettings.Contacts(
            provider.GetRequiredService<IOptions<CustomerContactsOptions>>().Value, provider.GetRequiredService<IOptions<LoyaltyOptions>>().Value));
        builder.Services.AddSingleton(provider => new CustomerDirectories(
            provider.GetRequiredKeyedService<Provider>(Loyalty).Directory!, provider.GetRequiredKeyedService<Provider>(Contacts).Directory));

        void AddProvider(string name, string check, Func<IServiceProvider, ProviderSettings?> settings)
        {
            builder.Services.AddHttpClient(name)
                .ConfigureHttpClient(client =>
                {
                    // The time-out of an attempt is the client's own business, on the service's clock.
                    client.Timeout = Timeout.InfiniteTimeSpan;
                    client.MaxResponseContentBufferSize = 1024 * 1024;
                })
                .UseSocketsHttpHandler((handler, _) =>
                {
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                    // A redirect would take the key to wherever it points.
                    handler.AllowAutoRedirect = false;
                    handler.UseCookies = false;
                    // HttpClient's own spans hold the whole address, card number included. Without a propagator it makes none, and
                    // ProviderClient writes a span that says what is needed.
                    handler.ActivityHeadersPropagator = null;
                })
                // The client lives as long as the service; its connections are renewed by the lifetime above.
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
            builder.Services.AddKeyedSingleton(name, (services, _) => Provider.Create(services, name, settings(services)));
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                check, services => new ProviderHealthCheck(services.GetRequiredKeyedService<Provider>(name).Condition), failureStatus: null, tags: ["ready"]));
        }
    }

    /// <summary>The service's routes, besides the health of every service.</summary>
    public static void MapCustomerResolution(this IEndpointRouteBuilder routes) => routes.MapGroup("").RequireApiKey().MapNotices();

    private sealed record Provider(CustomerDirectory? Directory, ProviderCondition? Condition)
    {
        public static Provider Create(IServiceProvider services, string name, ProviderSettings? settings)
        {
            if (settings is null)
                return new(null, null);
            var (time, metrics) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<CustomerResolutionMetrics>());
            var condition = new ProviderCondition(settings.Name, time, services.GetRequiredService<ILogger<ProviderCondition>>());
            var client = new ProviderClient(settings, services.GetRequiredService<IHttpClientFactory>().CreateClient(name), condition, time, metrics);
            metrics.Watch(settings.Name, condition);
            return new(new(settings, client, time, metrics), condition);
        }
    }
}
