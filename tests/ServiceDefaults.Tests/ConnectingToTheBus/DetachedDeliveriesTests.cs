using System.Reflection;
using System.Text;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

public sealed class DetachedDeliveriesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SlowConsumer _massTransit = new();
    private readonly ChannelContext _channel = DispatchProxy.Create<ChannelContext, BrokerChannel>();

    private BrokerChannel Broker => (BrokerChannel)(object)_channel;

    [Fact]
    public async Task The_client_goes_on_while_a_message_is_worked_on()
    {
        var consumer = await Consume();
        await Deliver(consumer, "first").WaitAsync(Patience);
        await Deliver(consumer, "second").WaitAsync(Patience);
        await _massTransit.Begun(2);

        Assert.False(_massTransit.MayEnd.Task.IsCompleted);
        _massTransit.MayEnd.SetResult();
    }

    [Fact]
    public async Task A_body_outlives_the_clients_buffer()
    {
        var consumer = await Consume();
        var buffer = "the order"u8.ToArray();
        await consumer.HandleBasicDeliverAsync("tag", 1, false, "", "", new BasicProperties(), buffer, CancellationToken.None);
        Array.Clear(buffer);
        _massTransit.MayEnd.SetResult();

        await _massTransit.Ended();
        Assert.Equal("the order", _massTransit.Body);
    }

    [Fact]
    public async Task A_delivery_that_fails_harms_no_later_one()
    {
        var consumer = await Consume();
        _massTransit.MayEnd.SetException(new OperationCanceledException("the channel would not close"));
        await Deliver(consumer, "first").WaitAsync(Patience);
        await Deliver(consumer, "second").WaitAsync(Patience);

        await _massTransit.Begun(2);
    }

    [Fact]
    public async Task What_the_broker_says_besides_is_passed_on()
    {
        var consumer = await Consume();
        await consumer.HandleBasicConsumeOkAsync("tag");
        await consumer.HandleBasicCancelAsync("tag");
        await consumer.HandleBasicCancelOkAsync("tag");
        await consumer.HandleChannelShutdownAsync(this, BrokerChannel.Gone);

        Assert.Equal(["consume-ok", "cancel", "cancel-ok", "shutdown"], _massTransit.Heard);
    }

    [Fact]
    public async Task A_channel_lost_while_it_began_to_consume_is_an_error_so_that_another_one_is_opened()
    {
        Broker.Reason = BrokerChannel.Gone;

        await Assert.ThrowsAsync<OperationInterruptedException>(Consume);
    }

    private async Task<IAsyncBasicConsumer> Consume()
    {
        ChannelContext detached = new DetachedDeliveries(_channel, NullLogger.Instance);
        Assert.Equal("tag", await detached.BasicConsume("queue", false, false, new Dictionary<string, object>(), _massTransit, "tag", CancellationToken.None));
        return Broker.Consumer!;
    }

    private static Task Deliver(IAsyncBasicConsumer consumer, string body) =>
        consumer.HandleBasicDeliverAsync("tag", 1, false, "", "", new BasicProperties(), Encoding.UTF8.GetBytes(body), CancellationToken.None);

    /// <summary>MassTransit's side: work that ends when the test says so.</summary>
    private sealed class SlowConsumer : IAsyncBasicConsumer
    {
        private readonly System.Threading.Channels.Channel<bool> _begun = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        private readonly TaskCompletionSource _ended = new();

        public TaskCompletionSource MayEnd { get; } = new();

        public string? Body { get; private set; }

        public List<string> Heard { get; } = [];

        public IChannel? Channel => null;

        public async Task Begun(int deliveries)
        {
            for (var i = 0; i < deliveries; i++)
                await _begun.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }

        public Task Ended() => _ended.Task.WaitAsync(Patience);

        public async Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            _begun.Writer.TryWrite(true);
            await MayEnd.Task;
            Body = Encoding.UTF8.GetString(body.Span);
            _ended.TrySetResult();
        }

        public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Hear("consume-ok");

        public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) => Hear("cancel");

        public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Hear("cancel-ok");

        public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) => Hear("shutdown");

        private Task Hear(string what)
        {
            Heard.Add(what);
            return Task.CompletedTask;
        }
    }

    /// <summary>The broker's side: remembers who consumes.</summary>
    public class BrokerChannel : DispatchProxy
    {
        public static readonly ShutdownEventArgs Gone = new(ShutdownInitiator.Peer, 320, "closed by an operator");

        public IAsyncBasicConsumer? Consumer { get; private set; }

        public ShutdownEventArgs? Reason { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(ChannelContext.BasicConsume):
                    Consumer = (IAsyncBasicConsumer)args![4]!;
                    return Task.FromResult("tag");
                case "get_Channel":
                    var channel = Create<IChannel, ClientChannel>();
                    ((ClientChannel)(object)channel).Reason = Reason;
                    return channel;
                case "get_CancellationToken":
                    return CancellationToken.None;
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }
    }

    /// <summary>The client's own channel, as far as somebody asks why it was closed.</summary>
    public class ClientChannel : DispatchProxy
    {
        public ShutdownEventArgs? Reason { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == "get_CloseReason" ? Reason : throw new NotSupportedException(targetMethod.Name);
    }
}
