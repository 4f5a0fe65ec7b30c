using System.Text;
using System.Text.Json;
using Contracts.OrderIngest;
using MassTransit;
using MessageExamples;
using RabbitMQ.Client;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

/// <summary>Any AMQP client can read a topic and write to one: RabbitMQ's own client stands for them here.</summary>
public sealed class When_somebody_without_MassTransit_joins_in : IAsyncLifetime
{
    private const string TypeHeader = "MT-MessageType";

    private TestBroker _broker = null!;
    private IConnection _connection = null!;
    private IChannel _channel = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.Create();
        _connection = await new ConnectionFactory { Uri = new(_broker.ConnectionString) }.CreateConnectionAsync(A.Token);
        _channel = await _connection.CreateChannelAsync(cancellationToken: A.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task They_read_plain_json_with_the_type_in_a_header()
    {
        await using var publisher = await RunningBus.WithoutSubscriptions(_broker);
        await publisher.Topology.WhenDeployed(A.Token);
        var received = An.OrderReceived(Guid.NewGuid(), An.Order() with { StoreId = "Zürich +1" });

        await publisher.Bus.Publish(received, context => context.MessageId = received.OrderId, A.Token);

        var message = await _channel.BasicGetAsync("customer-resolution", autoAck: true, A.Token);
        Assert.NotNull(message);
        Assert.Equal(JsonSerializer.Serialize(received, PlainJson.Options), Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal("application/json", message.BasicProperties.ContentType);
        Assert.Equal(MessageUrn.ForTypeString<OrderReceived>(), Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![TypeHeader]!));
        Assert.Equal(DeliveryModes.Persistent, message.BasicProperties.DeliveryMode);
        Assert.Equal($"{received.OrderId}", message.BasicProperties.MessageId);
    }

    [Fact]
    public async Task They_write_plain_json_and_services_hear_it()
    {
        await using var subscribers = await (await RunningBus.WithAllSubscriptions(_broker)).Connected();
        var received = An.OrderReceived(Guid.NewGuid());
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            Headers = new Dictionary<string, object?> { [TypeHeader] = MessageUrn.ForTypeString<OrderReceived>() },
        };

        await _channel.BasicPublishAsync("orders", "", mandatory: true, properties, JsonSerializer.SerializeToUtf8Bytes(received, PlainJson.Options), A.Token);

        await Eventually.Holds(() => Task.FromResult(!subscribers.Heard.On("order-journey").IsEmpty), what: "The order");
        Assert.Equivalent(received, subscribers.Heard.On("order-journey").Single(), strict: true);
    }
}
