using OrderIngest.Tests.ReadingOrders;
using OrderIngest.Tests.RelayingOrders;
using RealServers;

namespace OrderIngest.Tests.OnErpOrder;

public sealed class When_the_database_is_away_while_the_queue_fills : IAsyncLifetime
{
    private TestBroker _broker = null!;
    private TestDatabase _database = null!;
    private TcpForwarder _forwarder = null!;

    [Fact]
    public async Task Nothing_is_acknowledged_until_it_is_back_and_nothing_is_lost()
    {
        _forwarder.GiveBack();
        await using var ingest = await RunningIngest.Start(ThroughForwarder(), new()
        {
            ["Bus:Transport"] = "RabbitMq",
            ["Bus:ConnectionString"] = _broker.ConnectionString,
            ["Database:RequestPatience"] = "00:00:00.3",
        });
        // The queue is made first, then the exchange that is written to, then what joins them.
        await Eventually.Holds(async () => (await _broker.Bindings()).Any(binding => (binding.Source, binding.Destination) == ("erp-orders", "erp-orders")));
        await using var queue = await ErpQueue.Open(_broker);
        await queue.Write(Submitted.Json(Submitted.Order("before")));
        await Eventually.Becomes(async () => (await ingest.Journal.Count(default)).Accepted, accepted => accepted == 1);

        await _forwarder.TakeAway();
        foreach (var n in Enumerable.Range(0, 30))
            await queue.Write(n % 3 == 0 ? "no order" : Submitted.Json(Submitted.Order($"{n}")));
        // Far beyond a request's patience, and nobody is told that it is done: the broker still has all of them.
        await Eventually.Holds(async () => (await ingest.Health()).GetProperty("checks").GetProperty("database OrderIngest").GetProperty("status").GetString() == "Unhealthy");
        var held = await Eventually.Becomes(_broker.Queues, queues => queues["erp-orders"].Messages == 30);
        Assert.DoesNotContain(held.Keys, name => name.EndsWith("_error", StringComparison.Ordinal));

        _forwarder.GiveBack();
        await Eventually.Becomes(async () => (await ingest.Journal.Count(default)).Accepted, accepted => accepted == 21, TimeSpan.FromSeconds(60));
        await Eventually.Becomes(_broker.Queues, queues => queues["erp-orders"].Messages == 0);
        Assert.Equal((21, 1), ((await ingest.Journal.Count(default)).Accepted, (await ingest.Journal.Count(default)).RejectedInputs));
        Assert.Equal(10, Assert.Single(await ingest.Rejected("pos")).Times);
    }

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.Create();
        _database = await TestDatabase.Create();
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(_database.ConnectionString);
        _forwarder = new(settings.Host!, settings.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _forwarder.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    private string ThroughForwarder() => new Npgsql.NpgsqlConnectionStringBuilder(_database.ConnectionString) { Host = "127.0.0.1", Port = _forwarder.Port, Timeout = 3 }.ConnectionString;
}
