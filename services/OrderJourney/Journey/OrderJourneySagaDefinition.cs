using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using MassTransit;
using MassTransit.Middleware;
using OrderJourney.KeepingCardNotices;

namespace OrderJourney.Journey;

/// <summary>How the saga's queue behaves.</summary>
public sealed class OrderJourneySagaDefinition : SagaDefinition<OrderJourneySaga>
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "order-journey";

    // Several times the prefetch, so that orders seldom share a partition and batches of the store stay large.
    private const int Partitions = 256;

    /// <summary>Names the endpoint.</summary>
    public OrderJourneySagaDefinition() => EndpointName = Queue;

    /// <inheritdoc />
    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<OrderJourneySaga> sagaConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.ConfigureMessageTopology<JourneyOverdue>(false);
        endpointConfigurator.ConfigureMessageTopology<JourneyRetryRequested>(false);
        endpointConfigurator.ConfigureMessageTopology<CustomerStated>(false);

        // Another process may have written the row since it was loaded: load it again, at once.
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Handle<ConcurrencyException>();
            retry.Immediate(20);
        });
        // These send commands, and a command leaves only after the row was written. The events send nothing and are spared the outbox.
        sagaConfigurator.Message<JourneyOverdue>(message => message.UseInMemoryOutbox(context));
        sagaConfigurator.Message<JourneyRetryRequested>(message => message.UseInMemoryOutbox(context));
        sagaConfigurator.Message<CustomerStated>(message => message.UseInMemoryOutbox(context));
        var missed = new MissedNoticeFilter(context.GetRequiredService<CardNotices>());
        sagaConfigurator.Message<CustomerResolutionFailed>(message => message.UseFilter(missed));
        sagaConfigurator.Message<CustomerResolved>(message => message.UseFilter(missed));

        // One order's messages one after the other: no conflicts within this process.
        var partitioner = new Partitioner(Partitions, new Murmur3UnsafeHashGenerator());
        endpointConfigurator.UsePartitioner<OrderReceived>(partitioner, message => message.Message.OrderId);
        endpointConfigurator.UsePartitioner<CustomerResolved>(partitioner, message => message.Message.OrderId);
        endpointConfigurator.UsePartitioner<CustomerResolutionFailed>(partitioner, message => message.Message.OrderId);
        endpointConfigurator.UsePartitioner<OrderTracked>(partitioner, message => message.Message.OrderId);
        endpointConfigurator.UsePartitioner<OrderTrackingFailed>(partitioner, message => message.Message.OrderId);
        endpointConfigurator.UsePartitioner<JourneyOverdue>(partitioner, message => message.Message.OrderId);
        endpointConfigurator.UsePartitioner<JourneyRetryRequested>(partitioner, message => message.Message.OrderId);
        endpointConfigurator.UsePartitioner<CustomerStated>(partitioner, message => message.Message.OrderId);
    }
}
