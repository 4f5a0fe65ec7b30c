using Azure;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using ServiceDefaults.ConnectingToAzureServiceBus;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.InspectingTheBroker;

namespace AzureServiceBus;

/// <summary>Reads what is on a namespace. Service Bus does not tell who receives from a queue.</summary>
internal sealed class AzureServiceBusInspector(ServiceBusAdministrationClient administration, AzureServiceBusAddress address) : ITopologyInspector
{
    public async Task<BrokerInventory> Read(DeclaredTopology topology, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAll(topology, cancellationToken);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new BrokerNotReadException($"{address.Host} does not let us look: whoever Bus:ConnectionString names needs the right to manage (a key with Manage, or the role Azure Service Bus Data Owner)", exception);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new BrokerNotReadException($"{address.Host} wants to know who asks: Bus:ConnectionString has no key, and this process no identity", exception);
        }
        // The client has tried several times by then.
        catch (Exception exception) when (exception is ServiceBusException or RequestFailedException or AggregateException || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var reason = exception is ServiceBusException refused ? $"{refused.Reason}" : exception.GetBaseException().GetType().Name;
            throw new BrokerNotReadException($"{address.Host} cannot be asked ({reason}): is Bus:ConnectionString right, and the namespace within reach?", exception);
        }
    }

    private async Task<BrokerInventory> ReadAll(DeclaredTopology topology, CancellationToken cancellationToken)
    {
        var queues = new List<QueueFound>();
        var waiting = new Dictionary<string, QueueRuntimeProperties>(StringComparer.OrdinalIgnoreCase);
        await foreach (var queue in administration.GetQueuesRuntimePropertiesAsync(cancellationToken))
            waiting[queue.Name] = queue;
        await foreach (var queue in administration.GetQueuesAsync(cancellationToken))
        {
            var runtime = waiting.GetValueOrDefault(queue.Name);
            queues.Add(new(queue.Name, null, runtime?.ActiveMessageCount ?? 0, (runtime?.DeadLetterMessageCount ?? 0) + (runtime?.TransferDeadLetterMessageCount ?? 0), AzureServiceBusDifferences.OfQueue(
                AzureServiceBusQueueProperties.Of(topology, queue.Name, address.IsEmulator),
                new(queue.LockDuration, queue.MaxDeliveryCount, queue.RequiresSession, queue.RequiresDuplicateDetection, queue.ForwardTo))));
        }
        var topics = new List<TopicFound>();
        var subscriptions = new List<SubscriptionFound>();
        await foreach (var topic in administration.GetTopicsAsync(cancellationToken))
        {
            var declared = topology.Topics.FirstOrDefault(one => one.Name == topic.Name);
            topics.Add(new(topic.Name, AzureServiceBusDifferences.OfTopic(
                declared?.DetectsDuplicatesFor, topic.RequiresDuplicateDetection ? topic.DuplicateDetectionHistoryTimeWindow : null)));
            var stranded = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
            await foreach (var runtime in administration.GetSubscriptionsRuntimePropertiesAsync(topic.Name, cancellationToken))
                stranded[runtime.SubscriptionName] = runtime.DeadLetterMessageCount + runtime.TransferDeadLetterMessageCount;
            await foreach (var subscription in administration.GetSubscriptionsAsync(topic.Name, cancellationToken))
                subscriptions.Add(new(topic.Name, AzureServiceBusDifferences.QueueOf(subscription.ForwardTo) ?? subscription.SubscriptionName, stranded.GetValueOrDefault(subscription.SubscriptionName),
                    AzureServiceBusDifferences.OfSubscription(subscription.SubscriptionName, subscription.ForwardTo)));
        }
        return new(queues, topics, subscriptions);
    }
}
