using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>
/// Declares on RabbitMQ exactly what MassTransit declares for a receive endpoint: a durable fanout exchange per topic and per queue, the
/// quorum queue, and the bindings between them. Declaring again changes nothing; a difference is refused by the broker and shown.
/// </summary>
internal sealed class RabbitMqTopologyDeployer(IOptions<BusOptions> options) : ITopologyDeployer
{
    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum", [QuorumQueues.DeliveryLimit] = QuorumQueues.NoDeliveryLimit };

    public async Task Deploy(DeclaredTopology topology, CancellationToken cancellationToken)
    {
        try
        {
            await Declare(topology, cancellationToken);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason is { ReplyCode: Constants.PreconditionFailed } reason)
        {
            // Whoever reads health must know which queue it is; the broker's words name it, and nothing secret.
            throw new TopologyRefusedException(reason.ReplyText, exception);
        }
    }

    private async Task Declare(DeclaredTopology topology, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri(options.Value.ConnectionString!), AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync("topology", cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);

        foreach (var queue in topology.RequiredQueues)
        {
            await Exchange(queue);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Quorum, cancellationToken: cancellationToken);
            await channel.QueueBindAsync(queue, queue, "", cancellationToken: cancellationToken);
        }
        foreach (var topic in topology.Topics)
        {
            await Exchange(topic.Name);
            foreach (var subscription in topic.Subscriptions.Where(s => s.Required))
                await channel.ExchangeBindAsync(subscription.Queue, topic.Name, "", cancellationToken: cancellationToken);
        }

        Task Exchange(string name) =>
            channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
    }
}
