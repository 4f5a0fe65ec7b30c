using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RealServers;

namespace RunningSystem;

/// <summary>
/// The system as it runs in production: five processes, RabbitMQ, PostgreSQL; the two outside APIs are stand-ins. Nothing runs until somebody starts it.
/// </summary>
public sealed class InStoreSystem : IAsyncDisposable
{
    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("in-store-orders");
    private readonly SystemSettings _settings;
    private readonly Uri? _odpAddress;

    private InStoreSystem(
        SystemSettings settings, TestBroker broker, TestDatabase database, LoyaltyProviderStandIn.RunningStandIn loyalty, ProfileStoreStandIn.RunningStandIn profileStore,
        OdpStandIn.RunningOdp? odp)
    {
        (Odp, _odpAddress) = (odp, odp?.Address);
        (_settings, Broker, Database, Loyalty, ProfileStore) = (settings, broker, database, loyalty, profileStore);
        OrderJourney = Service("OrderJourney", [.. odp is null ? Array.Empty<(string, string)>() : [("Journey__Destinations__0", "profile-store"), ("Journey__Destinations__1", "odp")]]);
        OrderIngest = Service("OrderIngest",
        [
            ($"OrderIngest__Sources__{ErpOrder.Source}__Format", "json"), ("OrderIngest__Journeys__BaseAddress", OrderJourney.Address.ToString()),
            .. settings.WatchInbox ? [($"OrderIngest__Sources__{ErpOrder.Source}__Inbox", Inbox.Folder)] : Array.Empty<(string, string)>(),
        ]);
        CustomerResolution = Service("CustomerResolution", ("Loyalty__BaseAddress", loyalty.BaseAddress.ToString()), ("Loyalty__ApiKey", loyalty.Options.ApiKey));
        (string, string)[] toProfileStore =
        [
            ("ProfileStore__BaseAddress", profileStore.Address.ToString()), ("ProfileStore__SubscriptionKey", "stand-in"), ("ProfileStore__Scope", "default"),
            ("ProfileStore__QueryBaseAddress", profileStore.Address.ToString()), ("ProfileStore__QueryKey", "stand-in-query"),
        ];
        var toOdp = odp is null ? [] : ToOdp(odp.Address);
        if (settings.ProcessPerDestination)
        {
            ProfileStoreSender = Service("ProfileStoreSender", [.. toProfileStore, ("ProfileStoreSender__Destinations__0", "profile-store")]);
            OdpSender = Service("ProfileStoreSender", "ProfileStoreSender of ODP", [.. toOdp, ("ProfileStore__Enabled", "false"), ("ProfileStoreSender__Destinations__0", "odp")]);
        }
        else
            ProfileStoreSender = Service("ProfileStoreSender", [.. toProfileStore, .. toOdp]);
        EmailMarketing = Service("EmailMarketing");
    }

    public TestBroker Broker { get; }

    public TestDatabase Database { get; }

    public LoyaltyProviderStandIn.RunningStandIn Loyalty { get; }

    public ProfileStoreStandIn.RunningStandIn ProfileStore { get; }

    /// <summary>Null where Profile Store is the only destination, and while it is away.</summary>
    public OdpStandIn.RunningOdp? Odp { get; private set; }

    /// <summary>Looked into where <see cref="SystemSettings.WatchInbox"/> says so.</summary>
    public ErpInbox Inbox { get; } = new();

    /// <summary>Where orders are posted where it is not <see cref="OrderIngest"/> itself, because something stands in front of its instances.</summary>
    public HttpClient? Door { get; set; }

    public ServiceProcess OrderIngest { get; }

    public ServiceProcess CustomerResolution { get; }

    public ServiceProcess ProfileStoreSender { get; }

    /// <summary>The sender that serves ODP alone; null where one serves both destinations.</summary>
    public ServiceProcess? OdpSender { get; }

    public ServiceProcess OrderJourney { get; }

    public ServiceProcess EmailMarketing { get; }

    public IReadOnlyList<ServiceProcess> All => [OrderIngest, CustomerResolution, ProfileStoreSender, .. OdpSender is { } odp ? [odp] : Array.Empty<ServiceProcess>(), OrderJourney, EmailMarketing];

    /// <summary>A virtual host, a database and stand-ins of its own; the services are not started.</summary>
    public static async Task<InStoreSystem> Prepare(SystemSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings, await TestBroker.Create(settings.Servers), await TestDatabase.Create(settings.Servers),
            await LoyaltyProviderStandIn.RunningStandIn.Start(settings.Loyalty), await ProfileStoreStandIn.RunningStandIn.Start(settings.ProfileStore),
            settings.Odp is { } odp ? await OdpStandIn.RunningOdp.Start(odp) : null);
    }

    /// <summary>Starts all services at once and waits until each is ready.</summary>
    public async Task Start()
    {
        foreach (var service in All)
            service.Start();
        await Task.WhenAll(All.Select(service => service.WhenReady()));
    }

    /// <summary>From now on nobody listens at ODP's address; what it held is gone.</summary>
    public async Task TakeOdpAway()
    {
        await Odp!.DisposeAsync();
        Odp = null;
    }

    /// <summary>ODP is back at its address.</summary>
    public async Task BringOdpBack() => Odp = await OdpStandIn.RunningOdp.Start(_settings.Odp, _odpAddress!.Port);

    /// <summary>Keeps what the services have written so far, for somebody to read; nothing without a folder.</summary>
    public void CopyLogs(DirectoryInfo? into, string name)
    {
        if (into is null)
            return;
        var folder = into.CreateSubdirectory(name);
        foreach (var log in _logs.GetFiles())
            log.CopyTo(Path.Combine(folder.FullName, log.Name), overwrite: true);
    }

    /// <summary>
    /// Posts an order as an ERP does: again and again until it is accepted. What was accepted counts from then on; what got no answer may have been
    /// accepted all the same, and posting it again must not matter.
    /// </summary>
    public Task<Guid> Post(string receipt, CancellationToken cancellationToken) => Post(ErpOrder.Of(receipt), cancellationToken);

    /// <summary>The same for an order of <see cref="ErpOrder"/>.</summary>
    public async Task<Guid> Post(object order, CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                using var answer = await (Door ?? OrderIngest.Http).PostAsJsonAsync(new Uri("/orders", UriKind.Relative), order, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.Accepted)
                    return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("orderId").GetGuid();
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                    throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
            catch (HttpRequestException)
            {
                // Not running at the moment.
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // No answer in time.
            }
            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in All)
            await service.DisposeAsync();
        await Loyalty.DisposeAsync();
        await ProfileStore.DisposeAsync();
        if (Odp is not null)
            await Odp.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
        Inbox.Dispose();
        _logs.Delete(recursive: true);
    }

    private static (string, string)[] ToOdp(Uri address) =>
    [
        ("Odp__Enabled", "true"), ("Odp__BaseAddress", address.ToString()), ("Odp__ApiKey", "stand-in"), ("Odp__CardIdentifier", "loyalty_card"),
        ("Odp__OrderFields__in_store_order", "OrderId"), ("Odp__OrderFields__exchange_order", "ExchangeOrderId"),
    ];

    private ServiceProcess Service(string name, params (string Key, string Value)[] settings) => Service(name, name, settings);

    private ServiceProcess Service(string name, string label, (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        all["ASPNETCORE_ENVIRONMENT"] = "Development";
        all["Logging__LogLevel__Default"] = "Warning";
        all["Bus__Transport"] = "RabbitMq";
        all["Bus__ConnectionString"] = Broker.ConnectionString;
        all["Database__ConnectionString"] = Database.ConnectionString;
        foreach (var (service, key, value) in _settings.Extra)
        {
            if (service.Length == 0 || service == name)
                all[key] = value;
        }
        return new(label, _settings.Program(name), all, _logs);
    }
}
