using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RealServers;

namespace EndToEnd.Tests;

/// <summary>Counts what queues receive, without MassTransit: as a subscriber of somebody else's would, and beside the subscribers that are there.</summary>
internal sealed class QueueWatch : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private QueueWatch(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<QueueWatch> Connect(TestBroker broker)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(broker.ConnectionString) }.CreateConnectionAsync();
        return new(connection, await connection.CreateChannelAsync());
    }

    /// <summary>A queue of its own behind the exchange of a subscriber's queue gets a copy of whatever that one receives, by topics and by commands.</summary>
    public async Task Beside(string queue)
    {
        await Make(Copy(queue));
        await _channel.QueueBindAsync(Copy(queue), queue, "");
    }

    /// <summary>How much a subscriber's queue has received since.</summary>
    public Task<uint> ReceivedBy(string queue) => _channel.MessageCountAsync(Copy(queue));

    /// <summary>A queue that is bound to nothing.</summary>
    public Task Make(string queue) => _channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });

    /// <summary>Reads a queue as fast as it fills.</summary>
    public async Task<ReplayedCopies> Read(string queue)
    {
        var copies = new ReplayedCopies();
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            copies.Add(delivery);
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return copies;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static string Copy(string queue) => $"copy-of-{queue}";
}

/// <summary>What a subscriber got.</summary>
internal sealed class ReplayedCopies
{
    private readonly ConcurrentQueue<(Guid OrderId, string MessageId, Guid? ReplayId, string? Header, string? Type)> _all = new();

    public int Count => _all.Count;

    public IReadOnlySet<Guid> Orders => _all.Select(copy => copy.OrderId).ToHashSet();

    public void Add(BasicDeliverEventArgs delivery)
    {
        using var body = JsonDocument.Parse(delivery.Body);
        string? Header(string name) => delivery.BasicProperties.Headers?.TryGetValue(name, out var value) == true ? value as string ?? (value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null) : null;
        _all.Enqueue((
            body.RootElement.GetProperty("orderId").GetGuid(), delivery.BasicProperties.MessageId ?? "", body.RootElement.TryGetProperty("replayId", out var replay) ? replay.GetGuid() : null,
            Header("Replay-Id"), Header("MT-MessageType") ?? delivery.BasicProperties.Type));
    }

    /// <summary>Copies that do not say, in body and header, of which replay they are, or have another message id than the order's.</summary>
    public int Unmarked(Guid replayId) =>
        _all.Count(copy => copy.ReplayId != replayId || copy.Header != $"{replayId:D}" || !Guid.TryParse(copy.MessageId, out var id) || id != copy.OrderId);
}
