using System.Diagnostics.Metrics;
using System.Net;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.RelayingOrders;

public sealed class When_the_broker_returns_an_event
{
    [Fact]
    public async Task It_is_not_published_until_a_queue_has_it()
    {
        await using var broker = await TestBroker.Create();
        await using var database = new SqliteFile();
        var returned = 0L;
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "order_ingest.order.returned")
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((_, orders, _, _) => Interlocked.Add(ref returned, orders));
        meters.Start();
        await using var ingest = await RunningIngest.Start(database.ConnectionString, new()
        {
            ["Bus:Transport"] = "RabbitMq",
            ["Bus:ConnectionString"] = broker.ConnectionString,
            // So that only the relay's asking brings the queues back.
            ["Bus:RedeclareEvery"] = "01:00:00",
        }, listen: false);
        await Eventually.Holds(async () => (await broker.Queues()).ContainsKey("order-journey") && (await broker.Bindings()).Contains(("orders", "order-journey")));

        await broker.DeleteQueue("order-journey");
        await broker.DeleteQueue("customer-resolution");
        using var response = await ingest.Post(Submitted.Json(Submitted.Order()));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);

        await Eventually.Becomes(async () => (await ingest.Journal.Count(default)).Unpublished, unpublished => unpublished == 0);
        Assert.True(Interlocked.Read(ref returned) > 0, "no event was returned: the test did not see what it is for");
        var queues = await Eventually.Becomes(broker.Queues, now => now.TryGetValue("order-journey", out var queue) && queue.Messages > 0);
        Assert.Equal(("quorum", true), (queues["order-journey"].Type, queues["order-journey"].Durable));
    }
}
