using Contracts.CustomerResolution;
using MassTransit;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.OnCustomerResolved;

internal sealed class SendOrderConsumerDefinition<TDestination> : ConsumerDefinition<SendOrderConsumer<TDestination>>
    where TDestination : class, IDestination
{
    private readonly OneAtATimePerOrder<TDestination> _oneAtATime;

    public SendOrderConsumerDefinition(OneAtATimePerOrder<TDestination> oneAtATime)
    {
        _oneAtATime = oneAtATime;
        EndpointName = TDestination.Queue;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SendOrderConsumer<TDestination>> consumerConfigurator, IRegistrationContext context) =>
        _oneAtATime.Apply<CustomerResolved>(endpointConfigurator, message => message.OrderId);
}
