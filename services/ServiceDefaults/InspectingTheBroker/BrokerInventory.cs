namespace ServiceDefaults.InspectingTheBroker;

/// <summary>What is on a broker: topics (on RabbitMQ exchanges), queues, and which queue gets a copy of which topic.</summary>
/// <param name="Queues">Every queue.</param>
/// <param name="Topics">Every topic, those of faults and private messages included.</param>
/// <param name="Subscriptions">Every queue that hears a topic.</param>
public sealed record BrokerInventory(IReadOnlyList<QueueFound> Queues, IReadOnlyList<TopicFound> Topics, IReadOnlyList<SubscriptionFound> Subscriptions);

/// <summary>A queue.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Consumers">Who receives from it at the moment; null where the broker does not tell.</param>
/// <param name="Messages">Messages in it, those in hand included.</param>
/// <param name="DeadLettered">Messages that the broker itself has put aside.</param>
/// <param name="Differences">How it differs from what our services make, one line each; said of declared queues only.</param>
public sealed record QueueFound(string Name, int? Consumers, long Messages, long DeadLettered, IReadOnlyList<string> Differences);

/// <summary>A topic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Differences">How it differs from what our services make.</param>
public sealed record TopicFound(string Name, IReadOnlyList<string> Differences);

/// <summary>A queue that gets a copy of every event of a topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Queue">The queue.</param>
/// <param name="DeadLettered">Events that could not be handed to the queue.</param>
/// <param name="Differences">How it differs from what our services make.</param>
public sealed record SubscriptionFound(string Topic, string Queue, long DeadLettered, IReadOnlyList<string> Differences);
