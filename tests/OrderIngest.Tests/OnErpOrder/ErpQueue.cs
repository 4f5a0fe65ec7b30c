using RabbitMQ.Client;
using RealServers;

namespace OrderIngest.Tests.OnErpOrder;

/// <summary>An ERP with RabbitMQ's own client and no idea of MassTransit.</summary>
internal sealed class ErpQueue : IAsyncDisposable
{
    private const string Queue = "erp-orders";

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private int _written;

    private ErpQueue(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static Task<ErpQueue> Open(TestBroker broker) => Open(broker.ConnectionString);

    public static async Task<ErpQueue> Open(string connectionString)
    {
        var connection = await new ConnectionFactory { Uri = new(connectionString) }.CreateConnectionAsync();
        return new(connection, await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)));
    }

    /// <summary>Messages that the broker has taken from here.</summary>
    public int Written => Volatile.Read(ref _written);

    /// <summary>Returns when the broker has it in the queue; throws when there is no queue.</summary>
    public async Task Write(byte[] body, string? source = "pos", string? contentType = "application/json", string exchange = Queue)
    {
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        if (contentType is not null)
            properties.ContentType = contentType;
        if (source is not null)
            properties.Headers = new Dictionary<string, object?> { ["source"] = source };
        await _channel.BasicPublishAsync(exchange, "", mandatory: true, properties, body);
        Interlocked.Increment(ref _written);
    }

    public Task Write(string body, string? source = "pos", string? contentType = "application/json") => Write(System.Text.Encoding.UTF8.GetBytes(body), source, contentType);

    /// <summary>How many messages wait in it, by the broker's own word.</summary>
    public async Task<uint> Waiting(string queue = Queue) => (await _channel.QueueDeclarePassiveAsync(queue)).MessageCount;

    public Task<BasicGetResult?> Read(string queue) => _channel.BasicGetAsync(queue, autoAck: false);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
