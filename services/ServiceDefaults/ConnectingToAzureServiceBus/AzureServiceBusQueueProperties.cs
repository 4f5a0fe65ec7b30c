using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.ConnectingToAzureServiceBus;

/// <summary>
/// How a queue is made and read on Service Bus. The traps that each value avoids are in decision 0023.
/// </summary>
public sealed record AzureServiceBusQueueProperties
{
    /// <summary>How often the service delivers a message at most before it puts it aside; what fails goes to the error queue long before.</summary>
    private const int Deliveries = 1000, DeliveriesOfEmulator = 10;

    // Locks tick from when a message was handed out, not from when its turn comes.
    private const int LargestPrefetch = 64;

    /// <summary>The queue's name.</summary>
    public required string Name { get; init; }

    /// <summary>For how long a message is nobody else's; five minutes is the most there is.</summary>
    public TimeSpan LockDuration { get; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long the lock is renewed while a consumer works: as long as RabbitMQ waits for an acknowledgement. A consumer waits that long where its database is away.</summary>
    public TimeSpan MaxAutoRenewDuration { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Only crashes, lost locks and stops count, as on RabbitMQ, where the limit is lifted: ten restarts must not put an accepted order aside.</summary>
    public required int MaxDeliveryCount { get; init; }

    /// <summary>How long a message waits; null = MassTransit's 366 days.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>The queue goes when nobody has used it for so long; null = MassTransit's 427 days.</summary>
    public TimeSpan? AutoDeleteOnIdle { get; init; }

    /// <summary>Its subscriptions go with the process.</summary>
    public bool IsOfOneInstance => AutoDeleteOnIdle is not null;

    /// <summary>
    /// Faulted messages go to the queue's own dead letters rather than to <c>_error</c>: a message that a stranger wrote without an id cannot be moved there,
    /// and would come back until it is put aside without a reason.
    /// </summary>
    public required bool DeadLettersFaults { get; init; }

    /// <summary>The properties of a queue.</summary>
    /// <param name="topology">What is declared.</param>
    /// <param name="name">A declared queue, or one of a single instance.</param>
    /// <param name="emulator">Within the emulator's limits: ten deliveries and one hour.</param>
    public static AzureServiceBusQueueProperties Of(DeclaredTopology topology, string name, bool emulator)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var ofOneInstance = QueueOfInstance.IsNameOf(name);
        return new()
        {
            Name = name,
            MaxDeliveryCount = emulator ? DeliveriesOfEmulator : Deliveries,
            TimeToLive = ofOneInstance ? TimeSpan.FromMinutes(10) : AzureServiceBusEntities.LongestTimeToLive(emulator),
            AutoDeleteOnIdle = ofOneInstance ? TimeSpan.FromMinutes(5) : null,
            DeadLettersFaults = topology.Inbound.Any(inbound => inbound.Queue == name),
        };
    }

    /// <summary>Messages to have in hand at a time.</summary>
    /// <param name="wanted"><c>Bus:Prefetch</c>.</param>
    public static int Prefetch(int wanted) => Math.Min(wanted, LargestPrefetch);
}
