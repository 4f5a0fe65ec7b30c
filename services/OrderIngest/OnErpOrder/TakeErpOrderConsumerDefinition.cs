using MassTransit;

namespace OrderIngest.OnErpOrder;

/// <summary>The queue for whoever has no HTTP; it belongs to no topic.</summary>
internal sealed class TakeErpOrderConsumerDefinition : ConsumerDefinition<TakeErpOrderConsumer>
{
    public TakeErpOrderConsumerDefinition() => EndpointName = Subscriptions.ErpOrdersQueue;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TakeErpOrderConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.ConfigureConsumeTopology = false;
        // A fault event would carry the body, and with it a person, to a topic that nobody reads.
        endpointConfigurator.PublishFaults = false;
        endpointConfigurator.AddDeserializer(new ErpOrderDeserializer(), isDefault: true);
    }
}
