using Azure.Messaging.ServiceBus.Administration;
using MassTransit.AzureServiceBusTransport;
using Microsoft.Extensions.Options;
using ServiceDefaults.ConnectingToAzureServiceBus;
using ServiceDefaults.ConnectingToTheBus;

namespace AzureServiceBus;

/// <summary>
/// Declares topics, queues and forwarding subscriptions with the names and properties that MassTransit gives them, so that whoever comes first makes no
/// difference (nobody changes what is there). Service Bus drops what is sent to a topic without subscriptions, and knows no mandatory flag: this is the guard.
/// </summary>
internal sealed class AzureServiceBusTopologyDeployer(ServiceBusAdministrationClient administration, IOptions<BusOptions> options) : ITopologyDeployer
{
    public async Task Deploy(DeclaredTopology topology, CancellationToken cancellationToken)
    {
        if (AzureServiceBusNames.Problems(topology).FirstOrDefault() is { } problem)
            throw new TopologyRefusedException(problem);
        var emulator = AzureServiceBusAddress.Read(options.Value.ConnectionString, out _) is { IsEmulator: true };
        var entities = AzureServiceBusEntities.Of(topology, emulator);
        // The deployment may come before the bus, which sets the default.
        var time = entities.TimeToLive ?? Defaults.DefaultMessageTimeToLive;
        foreach (var queue in entities.Queues)
        {
            if (!await administration.QueueExistsAsync(queue.Name, cancellationToken))
                await Made(administration.CreateQueueAsync(Options(queue, time), cancellationToken));
        }
        foreach (var topic in entities.Topics)
        {
            if (!await administration.TopicExistsAsync(topic.Name, cancellationToken))
                await Made(administration.CreateTopicAsync(Options(topic, time), cancellationToken));
        }
        foreach (var subscription in entities.Subscriptions)
        {
            if (!await administration.SubscriptionExistsAsync(subscription.Topic, subscription.Name, cancellationToken))
                await Made(administration.CreateSubscriptionAsync(Options(subscription, time), cancellationToken));
        }
    }

    private static CreateQueueOptions Options(AzureServiceBusQueueProperties queue, TimeSpan time)
    {
        var made = Defaults.GetCreateQueueOptions(queue.Name);
        (made.LockDuration, made.MaxDeliveryCount, made.DefaultMessageTimeToLive) = (queue.LockDuration, queue.MaxDeliveryCount, queue.TimeToLive ?? time);
        return made;
    }

    private static CreateTopicOptions Options(AzureServiceBusTopic topic, TimeSpan time)
    {
        var made = Defaults.GetCreateTopicOptions(topic.Name);
        made.DefaultMessageTimeToLive = time;
        if (topic.DetectsDuplicatesFor is { } window)
            (made.RequiresDuplicateDetection, made.DuplicateDetectionHistoryTimeWindow) = (true, window);
        return made;
    }

    private static CreateSubscriptionOptions Options(AzureServiceBusSubscription subscription, TimeSpan time) =>
        new(subscription.Topic, subscription.Name) { ForwardTo = subscription.ForwardTo, DefaultMessageTimeToLive = time };

    // Another instance was faster: what it made is the same.
    private static async Task Made<T>(Task<T> creation)
    {
        try
        {
            await creation;
        }
        catch (Azure.Messaging.ServiceBus.ServiceBusException exception) when (exception.Reason == Azure.Messaging.ServiceBus.ServiceBusFailureReason.MessagingEntityAlreadyExists)
        {
        }
    }
}
