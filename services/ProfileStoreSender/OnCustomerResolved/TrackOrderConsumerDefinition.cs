using Contracts.CustomerResolution;
using MassTransit;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.OnCustomerResolved;

internal sealed class TrackOrderConsumerDefinition : ConsumerDefinition<TrackOrderConsumer>
{
    private readonly OneAtATimePerOrder _oneAtATime;

    public TrackOrderConsumerDefinition(OneAtATimePerOrder oneAtATime)
    {
        _oneAtATime = oneAtATime;
        EndpointName = Subscriptions.Queue;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TrackOrderConsumer> consumerConfigurator, IRegistrationContext context) =>
        _oneAtATime.Apply<CustomerResolved>(endpointConfigurator, message => message.OrderId);
}
