namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>Which message transport a service uses: configuration key <c>Bus:Transport</c>.</summary>
public enum BusTransport
{
    /// <summary>Nothing configured; a service refuses to start.</summary>
    Unset = 0,

    /// <summary>Inside one process, nothing durable; for the quickstart and for tests.</summary>
    InMemory = 1,

    /// <summary>RabbitMQ with quorum queues and publisher confirms.</summary>
    RabbitMq = 2,

    /// <summary>Azure Service Bus; only in builds made with <c>-p:AzureServiceBus=true</c>.</summary>
    AzureServiceBus = 3,
}
