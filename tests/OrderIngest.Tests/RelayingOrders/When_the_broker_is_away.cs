using System.Diagnostics;
using System.Net;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.RelayingOrders;

public sealed class When_the_broker_is_away : IAsyncLifetime
{
    private readonly SqliteFile _database = new();
    private TestBroker _broker = null!;
    private TcpForwarder _forwarder = null!;

    [Fact]
    public async Task Orders_are_accepted_and_published_when_it_comes_and_comes_back()
    {
        var watch = Stopwatch.StartNew();
        await using var ingest = await RunningIngest.Start(_database.ConnectionString, Settings());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), "start-up waited for the broker");
        await Post(ingest, "1");
        var health = await ingest.Health();
        Assert.Equal("Degraded", health.GetProperty("status").GetString());
        Assert.Contains("orders are accepted all the same", health.GetProperty("checks").GetProperty("order relay").GetProperty("says").GetString(), StringComparison.Ordinal);
        Assert.Empty(ingest.Received.All);

        _forwarder.GiveBack();
        await Eventually.Becomes(() => Task.FromResult(ingest.Received.Ids.Count), count => count == 1, TimeSpan.FromSeconds(60));

        await _forwarder.TakeAway();
        await Post(ingest, "2");
        await Post(ingest, "3");
        _forwarder.GiveBack();
        await Eventually.Becomes(() => Task.FromResult(ingest.Received.Ids.Count), count => count == 3, TimeSpan.FromSeconds(90));
        await Eventually.Becomes(async () => (await ingest.Journal.Count(default)).Unpublished, unpublished => unpublished == 0);
    }

    [Fact]
    public async Task What_a_dead_process_left_is_published_by_the_next()
    {
        _forwarder.GiveBack();
        var ids = new HashSet<Guid>();
        var first = await RunningIngest.Start(_database.ConnectionString, Settings(("OrderIngest:RelayBatchSize", "20")), listen: false);
        var posts = await Task.WhenAll(Enumerable.Range(0, 300).Select(n => first.Post(Submitted.Json(Submitted.Order($"{n}")))));
        Assert.All(posts, post => Assert.Equal(HttpStatusCode.Accepted, post.StatusCode));
        // The connection goes in the middle of a batch: some events are on the broker and not marked, some marked, most neither.
        await Eventually.Becomes(async () => (await first.Journal.Count(default)).Unpublished, unpublished => unpublished < 300, TimeSpan.FromSeconds(60));
        await _forwarder.TakeAway();
        await first.DisposeAsync();

        _forwarder.GiveBack();
        await using var second = await RunningIngest.Start(_database.ConnectionString, Settings());
        await Eventually.Becomes(() => Task.FromResult(second.Received.Ids.Count), count => count == 300, TimeSpan.FromSeconds(90));
    }

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.Create();
        var address = new Uri(_broker.ConnectionString);
        _forwarder = new(address.Host == "localhost" ? "127.0.0.1" : address.Host, address.IsDefaultPort || address.Port < 0 ? 5672 : address.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _forwarder.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Dictionary<string, string?> Settings(params (string Key, string Value)[] more) => new Dictionary<string, string?>
    {
        ["Bus:Transport"] = "RabbitMq",
        ["Bus:ConnectionString"] = new UriBuilder(_broker.ConnectionString) { Port = _forwarder.Port }.Uri.ToString(),
        ["OrderIngest:ConfirmWithin"] = "00:00:03",
    }.Concat(more.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).ToDictionary();

    private static async Task Post(RunningIngest ingest, string receipt)
    {
        using var response = await ingest.Post(Submitted.Json(Submitted.Order(receipt)));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }
}
