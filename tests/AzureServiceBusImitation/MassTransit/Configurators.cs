using Azure.Core;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;

namespace MassTransit;

// MassTransit.Azure.ServiceBus.Core at 8.4.0, from its sources; only the members that the transport uses.

public interface IServiceBusEndpointConfigurator
{
    TimeSpan AutoDeleteOnIdle { set; }

    TimeSpan DefaultMessageTimeToLive { set; }

    TimeSpan LockDuration { set; }

    int MaxDeliveryCount { set; }

    TimeSpan MaxAutoRenewDuration { set; }
}

public interface IServiceBusQueueEndpointConfigurator : IServiceBusEndpointConfigurator;

public interface IServiceBusReceiveEndpointConfigurator : IReceiveEndpointConfigurator, IServiceBusQueueEndpointConfigurator
{
    bool RemoveSubscriptions { set; }
}

public interface IServiceBusMessagePublishTopologyConfigurator
{
    void EnableDuplicateDetection(TimeSpan historyTimeWindow);
}

public interface IServiceBusBusFactoryConfigurator : IBusFactoryConfigurator<IServiceBusReceiveEndpointConfigurator>, IServiceBusQueueEndpointConfigurator
{
    void Publish(Type messageType, Action<IServiceBusMessagePublishTopologyConfigurator>? configure = null);

    void Host(ServiceBusHostSettings settings);
}

public interface IServiceBusHostConfigurator
{
    TokenCredential TokenCredential { set; }
}

/// <summary>Where the namespace is and how one is let in.</summary>
public sealed record ServiceBusHostSettings(Uri ServiceUri) : IServiceBusHostConfigurator
{
    public string? ConnectionString { get; init; }

    public TokenCredential? TokenCredential { get; set; }

    public ServiceBusClient? ServiceBusClient { get; init; }

    public ServiceBusAdministrationClient? ServiceBusAdministrationClient { get; init; }

    TokenCredential IServiceBusHostConfigurator.TokenCredential
    {
        set => TokenCredential = value;
    }
}
