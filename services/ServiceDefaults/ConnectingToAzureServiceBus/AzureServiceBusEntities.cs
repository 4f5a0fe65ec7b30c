using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.ConnectingToAzureServiceBus;

/// <summary>
/// Topics, queues and subscriptions as they are to be on a namespace. Whoever makes one takes it from here: the transport, which makes those of its own
/// service, and the deployment, which makes the required ones of all. Nobody changes what is there already, so both must want the same.
/// </summary>
/// <param name="Topics">Every topic.</param>
/// <param name="Queues">The required queues.</param>
/// <param name="Subscriptions">The required subscriptions.</param>
public sealed record AzureServiceBusEntities(IReadOnlyList<AzureServiceBusTopic> Topics, IReadOnlyList<AzureServiceBusQueueProperties> Queues, IReadOnlyList<AzureServiceBusSubscription> Subscriptions)
{
    /// <summary>How long a message waits in whatever is made; null = MassTransit's 366 days.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>The longest time a message may wait: the emulator refuses more than an hour, for topics and subscriptions as for queues.</summary>
    /// <param name="emulator">Within the emulator's limits.</param>
    public static TimeSpan? LongestTimeToLive(bool emulator) => emulator ? TimeSpan.FromHours(1) : null;

    /// <summary>What a declared topology means on Service Bus.</summary>
    /// <param name="topology">What is declared.</param>
    /// <param name="emulator">Within the emulator's limits.</param>
    public static AzureServiceBusEntities Of(DeclaredTopology topology, bool emulator)
    {
        ArgumentNullException.ThrowIfNull(topology);
        return new(
            [.. topology.Topics.Select(topic => new AzureServiceBusTopic(topic.Name, topic.DetectsDuplicatesFor))],
            [.. topology.RequiredQueues.Select(queue => AzureServiceBusQueueProperties.Of(topology, queue, emulator))],
            // Named after the queue it forwards to, as MassTransit names those it makes.
            [.. topology.Topics.SelectMany(topic => topic.Subscriptions.Where(s => s.Required), (topic, subscription) => new AzureServiceBusSubscription(topic.Name, subscription.Queue, subscription.Queue))])
        {
            TimeToLive = LongestTimeToLive(emulator),
        };
    }
}

/// <summary>A topic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DetectsDuplicatesFor">
/// For how long a second message with the same id is dropped; null = never. Only ever on a topic: on a queue it would swallow what is sent again on purpose.
/// </param>
public sealed record AzureServiceBusTopic(string Name, TimeSpan? DetectsDuplicatesFor);

/// <summary>A subscription that forwards to a queue.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Name">Its name.</param>
/// <param name="ForwardTo">The queue.</param>
public sealed record AzureServiceBusSubscription(string Topic, string Name, string ForwardTo);
