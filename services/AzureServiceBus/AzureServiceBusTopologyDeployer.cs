using Azure.Messaging.ServiceBus.Administration;
using MassTransit.AzureServiceBusTransport;
using ServiceDefaults.ConnectingToTheBus;

namespace AzureServiceBus;

/// <summary>
/// Declares topics, queues and forwarding subscriptions with the names and options MassTransit gives them, so that whoever comes first makes no
/// difference (it never changes what is there). Service Bus drops what is sent to a topic without subscriptions, and knows no mandatory flag: this is the guard.
/// </summary>
internal sealed class AzureServiceBusTopologyDeployer(ServiceBusAdministrationClient administration) : ITopologyDeployer
{
    public async Task Deploy(DeclaredTopology topology, CancellationToken cancellationToken)
    {
        foreach (var queue in topology.RequiredQueues)
        {
            if (!await administration.QueueExistsAsync(queue, cancellationToken))
                await administration.CreateQueueAsync(Defaults.GetCreateQueueOptions(queue), cancellationToken);
        }
        foreach (var topic in topology.Topics)
        {
            if (!await administration.TopicExistsAsync(topic.Name, cancellationToken))
                await administration.CreateTopicAsync(Defaults.GetCreateTopicOptions(topic.Name), cancellationToken);
            foreach (var subscription in topic.Subscriptions.Where(s => s.Required))
            {
                // A subscription is named after the queue it forwards to; names of services stay far below the limit of 50.
                if (!await administration.SubscriptionExistsAsync(topic.Name, subscription.Queue, cancellationToken))
                    await administration.CreateSubscriptionAsync(
                        new CreateSubscriptionOptions(topic.Name, subscription.Queue) { ForwardTo = subscription.Queue }, cancellationToken);
            }
        }
    }
}
