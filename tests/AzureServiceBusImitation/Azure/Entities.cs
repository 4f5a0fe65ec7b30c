namespace Azure.Messaging.ServiceBus.Administration;

/// <summary>How a queue is to be made. Its defaults are the service's.</summary>
public sealed class CreateQueueOptions(string name)
{
    public string Name { get; set; } = name;

    public TimeSpan LockDuration { get; set; } = TimeSpan.FromSeconds(60);

    public int MaxDeliveryCount { get; set; } = 10;

    public TimeSpan DefaultMessageTimeToLive { get; set; } = TimeSpan.MaxValue;

    public TimeSpan AutoDeleteOnIdle { get; set; } = TimeSpan.MaxValue;

    public bool EnableBatchedOperations { get; set; } = true;

    public bool DeadLetteringOnMessageExpiration { get; set; }
}

/// <summary>A queue.</summary>
public sealed class QueueProperties(CreateQueueOptions made)
{
    public string Name { get; } = made.Name;

    public TimeSpan LockDuration { get; set; } = made.LockDuration;

    public int MaxDeliveryCount { get; set; } = made.MaxDeliveryCount;

    public TimeSpan DefaultMessageTimeToLive { get; set; } = made.DefaultMessageTimeToLive;

    public bool RequiresSession { get; set; }

    public bool RequiresDuplicateDetection { get; set; }

    public string? ForwardTo { get; set; }
}

/// <summary>What is in a queue.</summary>
public sealed class QueueRuntimeProperties(string name, long deadLetters)
{
    public string Name { get; } = name;

    public long ActiveMessageCount { get; }

    public long DeadLetterMessageCount { get; } = deadLetters;

    public long TransferDeadLetterMessageCount { get; }
}

/// <summary>How a topic is to be made.</summary>
public sealed class CreateTopicOptions(string name)
{
    public string Name { get; set; } = name;

    public TimeSpan DefaultMessageTimeToLive { get; set; } = TimeSpan.MaxValue;

    public TimeSpan AutoDeleteOnIdle { get; set; } = TimeSpan.MaxValue;

    public bool EnableBatchedOperations { get; set; } = true;

    public bool RequiresDuplicateDetection { get; set; }

    public TimeSpan DuplicateDetectionHistoryTimeWindow { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>A topic.</summary>
public sealed class TopicProperties(CreateTopicOptions made)
{
    public string Name { get; } = made.Name;

    public TimeSpan DefaultMessageTimeToLive { get; } = made.DefaultMessageTimeToLive;

    public bool RequiresDuplicateDetection { get; } = made.RequiresDuplicateDetection;

    public TimeSpan DuplicateDetectionHistoryTimeWindow { get; set; } = made.DuplicateDetectionHistoryTimeWindow;
}

/// <summary>How a subscription is to be made.</summary>
public sealed class CreateSubscriptionOptions(string topicName, string subscriptionName)
{
    public string TopicName { get; set; } = topicName;

    public string SubscriptionName { get; set; } = subscriptionName;

    public TimeSpan DefaultMessageTimeToLive { get; set; } = TimeSpan.MaxValue;

    public string? ForwardTo { get; set; }
}

/// <summary>A subscription. The service answers with an address where a name was given to forward to.</summary>
public sealed class SubscriptionProperties(CreateSubscriptionOptions made, string host)
{
    public string TopicName { get; } = made.TopicName;

    public string SubscriptionName { get; } = made.SubscriptionName;

    public TimeSpan DefaultMessageTimeToLive { get; } = made.DefaultMessageTimeToLive;

    public string? ForwardTo { get; set; } = made.ForwardTo is { } queue ? $"sb://{host}/{queue}" : null;
}

/// <summary>What is in a subscription.</summary>
public sealed class SubscriptionRuntimeProperties(string subscriptionName, long deadLetters)
{
    public string SubscriptionName { get; } = subscriptionName;

    public long DeadLetterMessageCount { get; }

    public long TransferDeadLetterMessageCount { get; } = deadLetters;
}
