using MassTransit;

namespace OrderIngest.OnPersonErasureRequested;

/// <summary>The service's own queue, bound to topic <c>person-erasures-requested</c>.</summary>
internal sealed class EraseJournalConsumerDefinition : ConsumerDefinition<EraseJournalConsumer>
{
    public EraseJournalConsumerDefinition() => EndpointName = Subscriptions.Queue;

    // A fault event would carry the person to a topic that nobody reads.
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<EraseJournalConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PublishFaults = false;
}
