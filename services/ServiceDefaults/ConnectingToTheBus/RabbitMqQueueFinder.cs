using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>
/// Asks RabbitMQ for a queue without declaring it, and puts the exchange of its name in front of it where a subscriber that is no MassTransit program made none:
/// <see cref="QueueAddress"/> leads there.
/// </summary>
internal sealed class RabbitMqQueueFinder(IOptions<BusOptions> options) : IQueueFinder
{
    public async Task<bool> Find(string queue, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri(options.Value.ConnectionString!), AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync("queues", cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
            await channel.QueueBindAsync(queue, queue, "", cancellationToken: cancellationToken);
            return true;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason is { ReplyCode: Constants.NotFound })
        {
            return false;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason is { ReplyCode: Constants.PreconditionFailed or Constants.AccessRefused or Constants.ResourceLocked } reason)
        {
            throw new TopologyRefusedException(reason.ReplyText, exception);
        }
    }
}
