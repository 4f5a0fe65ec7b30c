using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MessageExamples;
using RealServers;

namespace EndToEnd.Tests;

/// <summary>
/// The system as it runs in production: five processes, RabbitMQ, PostgreSQL; the two outside APIs are stand-ins. Nothing runs until a test starts it.
/// </summary>
public sealed class SeparateProcesses : IAsyncDisposable
{
    public const string Source = "pos-north";

    private readonly TestBroker _broker;
    private readonly TestDatabase _database;
    private readonly DirectoryInfo _logs;
    private readonly LoyaltyProviderStandIn.RunningStandIn _loyalty;

    private SeparateProcesses(TestBroker broker, TestDatabase database, LoyaltyProviderStandIn.RunningStandIn loyalty, ProfileStoreStandIn.RunningStandIn profileStore)
    {
        (_broker, _database, _loyalty, ProfileStore) = (broker, database, loyalty, profileStore);
        _logs = Directory.CreateTempSubdirectory("end-to-end");
        OrderJourney = Service("OrderJourney", ("Journey__ResolutionDeadline", "00:00:05"), ("Journey__TrackingDeadline", "00:00:10"), ("Journey__SweepEvery", "00:00:00.5"));
        OrderIngest = Service("OrderIngest",
            ($"OrderIngest__Sources__{Source}__Format", "json"),
            ("OrderIngest__Journeys__BaseAddress", OrderJourney.Address.ToString()),
            ("OrderIngest__AcknowledgeWithin", "00:00:05"),
            ("OrderIngest__ReconcileEvery", "00:00:01"));
        CustomerResolution = Service("CustomerResolution", ("Loyalty__BaseAddress", loyalty.BaseAddress.ToString()), ("Loyalty__ApiKey", loyalty.Options.ApiKey));
        ProfileStoreSender = Service("ProfileStoreSender",
            ("ProfileStore__BaseAddress", profileStore.Address.ToString()), ("ProfileStore__SubscriptionKey", "end-to-end"), ("ProfileStore__Scope", "default"),
            ("ProfileStore__Timeout", "00:00:03"));
        EmailMarketing = Service("EmailMarketing");
    }

    public ServiceProcess OrderIngest { get; }

    public ServiceProcess CustomerResolution { get; }

    public ServiceProcess ProfileStoreSender { get; }

    public ServiceProcess OrderJourney { get; }

    public ServiceProcess EmailMarketing { get; }

    public ProfileStoreStandIn.RunningStandIn ProfileStore { get; }

    public IReadOnlyList<ServiceProcess> All => [OrderIngest, CustomerResolution, ProfileStoreSender, OrderJourney, EmailMarketing];

    public static async Task<SeparateProcesses> Prepare() => new(
        await TestBroker.Create(), await TestDatabase.Create(),
        await LoyaltyProviderStandIn.RunningStandIn.Start(new() { KnowEveryCard = true }), await ProfileStoreStandIn.RunningStandIn.Start());

    /// <summary>
    /// Posts an order as an ERP does: again and again until it is accepted. What was accepted counts from then on; what got no answer may have been
    /// accepted all the same, and posting it again must not matter.
    /// </summary>
    public async Task<Guid> Post(string receipt, CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                using var answer = await OrderIngest.Http.PostAsJsonAsync(new Uri("/orders", UriKind.Relative), Submitted(receipt), cancellationToken);
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

    /// <summary>State of every journey, by order.</summary>
    public async Task<Dictionary<Guid, string>> Journeys()
    {
        var states = new Dictionary<Guid, string>();
        string? after = null;
        do
        {
            var page = await OrderJourney.Http.GetFromJsonAsync<JsonElement>(new Uri($"/journeys?limit=500{(after is null ? "" : $"&after={after}")}", UriKind.Relative));
            foreach (var journey in page.GetProperty("journeys").EnumerateArray())
                states[journey.GetProperty("orderId").GetGuid()] = journey.GetProperty("state").GetString()!;
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);
        return states;
    }

    /// <summary>
    /// The law, by key: every accepted order has a journey that ended as tracked, and the profile store holds it once; twice only where the ledger says
    /// that a reply was lost.
    /// </summary>
    public async Task CheckTheLaw(IReadOnlyCollection<Guid> accepted, TimeSpan within)
    {
        // The last one killed may not be back yet.
        await Task.WhenAll(All.Where(service => service.IsRunning).Select(service => service.WhenLive()));
        await Eventually.Becomes(
            async () => (await Journeys()).Where(j => accepted.Contains(j.Key) && j.Value == "Tracked").Count(),
            tracked => tracked == accepted.Count, within, $"Tracked journeys of {accepted.Count} accepted orders");

        var ledger = await Ledger.Read(_database.ConnectionString);
        Assert.Equal(accepted.Order(), ledger.Select(row => row.OrderId).Order());
        Assert.All(ledger, row => Assert.Equal("accepted", row.State));

        var stored = new Dictionary<string, int>();
        foreach (var row in ledger)
            stored[row.TrackId] = 0;
        long after = 0;
        while (await ProfileStore.Events(after) is { Count: > 0 } events)
        {
            foreach (var one in events)
                stored[one.TrackId!] = stored.GetValueOrDefault(one.TrackId!) + 1;
            after = events[^1].Sequence;
        }
        Assert.All(ledger, row => Assert.InRange(stored[row.TrackId], 1, 1 + row.Uncertain));
        Assert.Equal(ledger.Count, stored.Count);
        Assert.DoesNotContain(await _broker.Queues(), queue => queue.Key.EndsWith("_error", StringComparison.Ordinal) && queue.Value.Messages > 0);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in All)
            await service.DisposeAsync();
        await _loyalty.DisposeAsync();
        await ProfileStore.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
        _logs.Delete(recursive: true);
    }

    private static object Submitted(string receipt)
    {
        var order = An.Order(receipt, card: $"29{receipt.PadLeft(10, '0')}");
        return new
        {
            source = Source,
            order.StoreId,
            order.RegisterId,
            order.ReceiptNumber,
            order.BusinessDate,
            kind = "sale",
            order.OccurredAt,
            order.Currency,
            customer = new { order.Customer.LoyaltyCard },
            lines = order.Lines.Select(line => new { line.Number, line.Sku, line.Description, line.Quantity, line.Unit, line.UnitPrice, line.Discount, line.Total }),
            totals = new { order.Totals.Net, order.Totals.Tax, order.Totals.Gross },
        };
    }

    private ServiceProcess Service(string name, params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        all["ASPNETCORE_ENVIRONMENT"] = "Development";
        all["Logging__LogLevel__Default"] = "Warning";
        all["Bus__Transport"] = "RabbitMq";
        all["Bus__ConnectionString"] = _broker.ConnectionString;
        all["Bus__RedeclareEvery"] = "00:00:05";
        all["Database__ConnectionString"] = _database.ConnectionString;
        return new(name, all, _logs);
    }
}
