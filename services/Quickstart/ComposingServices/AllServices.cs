using System.Net;
using System.Net.Sockets;
using CustomerResolution;
using EmailMarketing;
using LoyaltyProviderStandIn;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OdpStandIn;
using OrderIngest;
using OrderJourney;
using ProfileStoreSender;
using ProfileStoreStandIn;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

namespace Quickstart.ComposingServices;

/// <summary>
/// All services on one in-memory bus (separate in-memory buses do not see each other) and one web server, each with a SQLite file of its own, and
/// the stand-ins beside them. The services are the real ones; only the transport, the databases and the two APIs differ from production.
/// </summary>
internal static class AllServices
{
    public const string Source = "sample-pos";

    private const string LoyaltyKey = "quickstart-loyalty-key", ProfileStoreKey = "quickstart-profile-store-key", OdpKey = "quickstart-odp-key";

    public static WebApplication Build(Uri address, DirectoryInfo folder, string samples, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development, ContentRootPath = folder.FullName });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings(address, folder)).AddEnvironmentVariables();
        if (WithOdp(builder.Configuration))
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Journey:Destinations:0"] = "profile-store", ["Journey:Destinations:1"] = "odp" });
        // What the run says must stay readable.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        builder.AddServiceDefaults("Quickstart");
        builder.AddOrderIngest();
        builder.AddCustomerResolution();
        builder.AddProfileStoreSender();
        builder.AddOrderJourney();
        builder.AddEmailMarketing();
        builder.AddServiceBus(
            HealthStatus.Unhealthy,
            OrderIngest.Subscriptions.Add, CustomerResolution.Subscriptions.Add, ProfileStoreSender.Subscriptions.Of(builder.Configuration),
            OrderJourney.Subscriptions.Add, EmailMarketing.Subscriptions.Add);

        adjust?.Invoke(builder);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapOrderIngest();
        app.MapCustomerResolution();
        app.MapProfileStoreSender();
        app.MapOrderJourney();
        app.MapEmailMarketing();
        app.MapLoyaltyProvider("/stand-ins/loyalty", new() { ApiKey = LoyaltyKey, Members = Path.Combine(samples, "loyalty-members.csv") });
        app.MapProfileStoreStandIn("/stand-ins/profile-store", new() { Key = ProfileStoreKey });
        app.MapOdpStandIn("/stand-ins/odp", new() { Key = OdpKey, Identifiers = ["loyalty_card"], OrderFields = ["store_id", "in_store_order", "exchange_order"], IdField = "in_store_order" });
        return app;
    }

    /// <summary>True where <c>Odp__Enabled=true</c> asks for the second destination.</summary>
    public static bool WithOdp(IConfiguration configuration) => configuration.GetValue("Odp:Enabled", false);

    /// <summary>The wanted port, or a free one.</summary>
    public static Uri Address(int wanted)
    {
        foreach (var port in new[] { wanted, 0 })
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
            }
            catch (SocketException) when (port != 0)
            {
                // In use: the system picks another.
            }
        }
        throw new InvalidOperationException("No port is free");
    }

    private static Dictionary<string, string?> Settings(Uri address, DirectoryInfo folder) => new()
    {
        ["urls"] = address.ToString(),
        ["Bus:Transport"] = nameof(BusTransport.InMemory),
        ["Database:ConnectionString"] = $"Data Source={Path.Combine(folder.FullName, "{service}.db")}",
        [$"OrderIngest:Sources:{Source}:Format"] = "csv",
        ["OrderIngest:Journeys:BaseAddress"] = address.ToString(),
        ["Loyalty:BaseAddress"] = new Uri(address, "/stand-ins/loyalty/").ToString(),
        ["Loyalty:ApiKey"] = LoyaltyKey,
        // Asking for the list of a card's holders shows when there are several.
        ["Loyalty:Lookups:0:Path"] = "customers?card={card}",
        ["Loyalty:Lookups:0:HoldersPath"] = "$.items",
        ["Loyalty:Lookups:0:EmailPath"] = "$.email",
        ["Loyalty:Lookups:0:NamePath"] = "$.name",
        ["Loyalty:Lookups:0:ExternalIdPath"] = "$.customerId",
        ["Loyalty:Lookups:0:StatusPath"] = "$.status",
        ["Loyalty:Lookups:0:BlockedStatuses:0"] = "blocked",
        ["ProfileStore:BaseAddress"] = new Uri(address, "/stand-ins/profile-store/").ToString(),
        ["ProfileStore:SubscriptionKey"] = ProfileStoreKey,
        ["ProfileStore:Scope"] = "default",
        ["ProfileStore:QueryBaseAddress"] = new Uri(address, "/stand-ins/profile-store/").ToString(),
        ["ProfileStore:QueryKey"] = ProfileStoreKey,
        ["Odp:BaseAddress"] = new Uri(address, "/stand-ins/odp/").ToString(),
        ["Odp:ApiKey"] = OdpKey,
        ["Odp:CardIdentifier"] = "loyalty_card",
        ["Odp:OrderFields:store_id"] = "StoreId",
        ["Odp:OrderFields:in_store_order"] = "OrderId",
        ["Odp:OrderFields:exchange_order"] = "ExchangeOrderId",
    };
}
