using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts.OrderIngest;
using MassTransit;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.Observing;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests.OnCustomerResolved;

public sealed class When_customers_are_resolved
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.PostgreSql), InlineData(DatabaseKind.Sqlite)]
    public async Task It_remembers_the_last_sale_and_leaves_returns_alone(DatabaseKind kind)
    {
        await using var service = await RunningEmailMarketing.Start(kind);
        using var effects = new Effects(service.Services.GetRequiredService<IMeterFactory>());
        var bus = service.Services.GetRequiredService<IBus>();
        await service.Services.GetRequiredService<TopologyDeployment>().WhenDeployed(None);
        var sale = An.CustomerResolved(Guid.NewGuid(), An.Order() with { StoreId = "S7", OccurredAt = An.Noon.AddHours(1), Totals = new() { Gross = 12.5m }, Currency = "SEK" }, An.Customer("Pat@Shop.example"));

        await bus.Publish(sale, None);
        await bus.Publish(An.CustomerResolved(Guid.NewGuid(), An.Order() with { Kind = OrderKind.Return, OccurredAt = An.Noon.AddHours(9) }), None);
        await bus.Publish(An.CustomerResolved(Guid.NewGuid(), An.Order() with { OccurredAt = An.Noon }), None);
        await bus.Publish(sale, None);
        await bus.Publish(An.CustomerResolved(Guid.NewGuid(), customer: An.Customer(" ")), None);
        await Eventually.Holds(() => Task.FromResult(effects.Total == 5), what: "Five purchases seen");

        Assert.Equal(2, effects["ignored"]);
        Assert.InRange(effects["newest"], 1, 3);
        var contact = await service.Client.GetFromJsonAsync<JsonElement>("contacts/pat@shop.example", None);
        Assert.Equal(
            $$"""{"email":"pat@shop.example","name":"Pat Example","storeId":"S7","purchasedAt":"2026-11-20T13:00:00+00:00","amount":12.5,"currency":"SEK","orderId":"{{sale.OrderId}}"}""",
            contact.GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.GetAsync("contacts/%20", None)).StatusCode);
    }

    /// <summary>Reads the service's own counter back, and not that of another test's service beside it.</summary>
    private sealed class Effects : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, long> _counts = [];

        public Effects(IMeterFactory of)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.SourceName && instrument.Meter.Scope == of && instrument is { Name: "email_marketing.purchase.seen", Unit: "{purchase}" })
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                lock (_counts)
                    _counts[$"{tags[0].Value}"] = _counts.GetValueOrDefault($"{tags[0].Value}") + value;
            });
            _listener.Start();
        }

        public long this[string effect]
        {
            get
            {
                lock (_counts)
                    return _counts.GetValueOrDefault(effect);
            }
        }

        public long Total
        {
            get
            {
                lock (_counts)
                    return _counts.Values.Sum();
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
