using System.Net;
using System.Text.Json.Nodes;
using OrderIngest.ReplayingOrders;
using RabbitMQ.Client;
using RealServers;

namespace OrderIngest.Tests.ReplayingOrders;

/// <summary>On RabbitMQ, with the queue of a subscriber that is no MassTransit program: there is no exchange of its name.</summary>
public sealed class When_the_queue_is_not_there : IAsyncLifetime
{
    private readonly SqliteFile _database = new();
    private TestBroker _broker = null!;
    private RunningIngest _ingest = null!;

    private static JsonObject ToWarehouse => new() { ["queue"] = "warehouse", ["message"] = "OrderReceived", ["ordersPerSecond"] = 20 };

    [Fact]
    public async Task The_dry_run_says_so_and_nothing_is_started()
    {
        await _ingest.Accept(2);

        var (_, preview) = await _ingest.Replay(ToWarehouse);
        Assert.Contains("there is no queue warehouse", (string?)preview["problem"], StringComparison.Ordinal);
        var (status, problem) = await _ingest.Replay(ReplayRequests.Confirmed(ToWarehouse, preview));
        Assert.Equal((HttpStatusCode.Conflict, "no-such-queue"), (status, (string?)problem["code"]));
        Assert.DoesNotContain("warehouse", await _broker.Exchanges());
        Assert.DoesNotContain("warehouse", (await _broker.Queues()).Keys);

        await Declare("warehouse");
        (_, preview) = await _ingest.Replay(ToWarehouse);
        Assert.Null((string?)preview["problem"]);
        await _ingest.Ended((await _ingest.Replay(ReplayRequests.Confirmed(ToWarehouse, preview))).Body);
        Assert.Equal(2u, await Waiting("warehouse"));
    }

    [Fact]
    public async Task It_stops_when_somebody_deletes_it_and_goes_on_once_it_is_back_without_losing_an_order()
    {
        await _ingest.Accept(50);
        await Declare("warehouse");
        var replay = await _ingest.Replayed(ToWarehouse);
        await Eventually.Holds(async () => await Waiting("warehouse") >= 10, what: "The first orders");
        await _broker.DeleteQueue("warehouse");

        var failed = await _ingest.Ended(replay, ReplayState.Failed);
        Assert.Contains("there is no queue warehouse", (string?)failed["problem"], StringComparison.Ordinal);
        await Declare("warehouse");
        Assert.Equal(HttpStatusCode.OK, (await _ingest.Ask(HttpMethod.Post, $"/replays/{replay["id"]}/resume")).Status);
        var ended = await _ingest.Ended(replay);

        Assert.Equal(50, (int)ended["sent"]!);
        var after = await Take("warehouse");
        // What was in the queue when it was deleted is gone with it; what had not been confirmed is not.
        Assert.True((int)failed["sent"]! is >= 10 and < 50, $"it had sent {failed["sent"]}");
        Assert.Equal(50 - (int)failed["sent"]!, after.Count);
        Assert.Equal(after.Count, after.Distinct().Count());
    }

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.Create();
        _ingest = await RunningIngest.Start(
            _database.ConnectionString, new() { ["Bus:Transport"] = "RabbitMq", ["Bus:ConnectionString"] = _broker.ConnectionString });
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
        await _broker.DisposeAsync();
    }

    private Task<QueueDeclareOk> Declare(string queue) => On(channel => channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false));

    private Task<uint> Waiting(string queue) => On(channel => channel.MessageCountAsync(queue));

    private Task<List<string>> Take(string queue) => On(async channel =>
    {
        var ids = new List<string>();
        while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
        {
            Assert.NotNull(message.BasicProperties.Headers?["Replay-Id"]);
            ids.Add(message.BasicProperties.MessageId!);
        }
        return ids;
    });

    private async Task<T> On<T>(Func<IChannel, Task<T>> work)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_broker.ConnectionString) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await work(channel);
    }
}
