using Contracts.CustomerResolution;
using MassTransit;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.OnCustomerResolutionFailed;

internal sealed class SendOrderOfNobodyConsumerDefinition<TDestination> : ConsumerDefinition<SendOrderOfNobodyConsumer<TDestination>>
    where TDestination : class, IDestination
{
    private readonly OneAtATimePerOrder<TDestination> _oneAtATime;

    public SendOrderOfNobodyConsumerDefinition(OneAtATimePerOrder<TDestination> oneAtATime)
    {
        _oneAtATime = oneAtATime;
        EndpointName = TDestination.Queue;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SendOrderOfNobodyConsumer<TDestination>> consumerConfigurator, IRegistrationContext context) =>
        _oneAtATime.Apply<CustomerResolutionFailed>(endpointConfigurator, message => message.OrderId);
}
