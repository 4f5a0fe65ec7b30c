using Contracts.CustomerResolution;
using MassTransit;

namespace CustomerResolution.OnResolveCustomer;

/// <summary>Listens on the service's queue.</summary>
internal sealed class ResolveCustomerAgainConsumerDefinition : ConsumerDefinition<ResolveCustomerAgainConsumer>
{
    public ResolveCustomerAgainConsumerDefinition() => EndpointName = Subscriptions.Queue;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ResolveCustomerAgainConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // A command goes to one queue; a topic of its own would only invite publishing it.
        endpointConfigurator.ConfigureMessageTopology<ResolveCustomer>(false);
    }
}
