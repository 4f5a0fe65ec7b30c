using Azure.Messaging.ServiceBus.Administration;

namespace MassTransit.AzureServiceBusTransport;

/// <summary>How MassTransit makes entities, at 8.4.0.</summary>
public static class Defaults
{
    public static TimeSpan LockDuration { get; set; } = TimeSpan.FromMinutes(5);

    public static TimeSpan DefaultMessageTimeToLive { get; set; } = TimeSpan.FromDays(366);

    public static TimeSpan AutoDeleteOnIdle { get; set; } = TimeSpan.FromDays(427);

    public static CreateQueueOptions GetCreateQueueOptions(string queueName) => new(queueName)
    {
        AutoDeleteOnIdle = AutoDeleteOnIdle,
        DefaultMessageTimeToLive = DefaultMessageTimeToLive,
        DeadLetteringOnMessageExpiration = true,
        LockDuration = LockDuration,
        MaxDeliveryCount = 5,
    };

    public static CreateTopicOptions GetCreateTopicOptions(string topicName) => new(topicName) { AutoDeleteOnIdle = AutoDeleteOnIdle, DefaultMessageTimeToLive = DefaultMessageTimeToLive };
}
