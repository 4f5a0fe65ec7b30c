using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>
/// Lets no message hold up the client library's dispatcher. In RabbitMQ.Client 7.1.2 a connection that goes away tells its channels one after the other,
/// and each waits until its deliveries have returned. A delivery that waits for a confirm of a later channel never returns, nor does one that MassTransit
/// ends by closing the channel from inside: the connection stays half closed, the queue without a consumer, and the process works again only after a
/// restart. Here a delivery returns at once, and its work goes on beside it; how many there are at a time is what the prefetch count says.
/// Decision 0014.
/// </summary>
internal sealed class DetachedDeliveries : ScopeChannelContext, ChannelContext
{
    private readonly ChannelContext _channel;
    private readonly ILogger _log;

    public DetachedDeliveries(ChannelContext channel, ILogger log)
        : base(channel, channel.CancellationToken) => (_channel, _log) = (channel, log);

    async Task<string> ChannelContext.BasicConsume(
        string queue, bool noAck, bool exclusive, IDictionary<string, object> arguments, IAsyncBasicConsumer consumer, string consumerTag, CancellationToken cancellationToken)
    {
        var tag = await _channel.BasicConsume(queue, noAck, exclusive, arguments, new Consumer(consumer, _log), consumerTag, cancellationToken);
        // A channel that was lost meanwhile never says "consume-ok", and MassTransit would wait for it; so it opens another one.
        return _channel.Channel.CloseReason is { } reason ? throw new OperationInterruptedException(reason) : tag;
    }

    private sealed class Consumer(IAsyncBasicConsumer consumer, ILogger log) : IAsyncBasicConsumer
    {
        public IChannel? Channel => consumer.Channel;

        public Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            // The library takes its buffer back on return.
            var own = body.ToArray();
            _ = Task.Run(
                async () =>
                {
                    try
                    {
                        await consumer.HandleBasicDeliverAsync(consumerTag, deliveryTag, redelivered, exchange, routingKey, properties, own, CancellationToken.None);
                    }
                    catch (Exception exception)
                    {
                        // MassTransit deals with failures of the work itself; what is left is a channel that would not close. Its messages are delivered again.
                        DeliveryLog.NotEnded(log, exception);
                    }
                },
                CancellationToken.None);
            return Task.CompletedTask;
        }

        public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => consumer.HandleBasicConsumeOkAsync(consumerTag, cancellationToken);

        public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) => consumer.HandleBasicCancelAsync(consumerTag, cancellationToken);

        public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) => consumer.HandleBasicCancelOkAsync(consumerTag, cancellationToken);

        public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) => consumer.HandleChannelShutdownAsync(channel, reason);
    }
}

/// <summary>Puts <see cref="DetachedDeliveries"/> around a receive endpoint's channel.</summary>
internal sealed class DetachDeliveriesFilter(ILogger<DetachedDeliveries> log) : IFilter<ChannelContext>
{
    public Task Send(ChannelContext context, IPipe<ChannelContext> next) => next.Send(new DetachedDeliveries(context, log));

    public void Probe(ProbeContext context) => context.CreateFilterScope("detachDeliveries");
}

internal static partial class DeliveryLog
{
    [LoggerMessage(101, LogLevel.Debug, "A delivery could not be ended on its closed channel; the broker delivers it again")]
    public static partial void NotEnded(ILogger log, Exception exception);
}
