using Contracts.ProfileStoreSender;
using MassTransit;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.OnTrackOrder;

internal sealed class SendOrderAgainConsumerDefinition<TDestination> : ConsumerDefinition<SendOrderAgainConsumer<TDestination>>
    where TDestination : class, IDestination
{
    private readonly OneAtATimePerOrder<TDestination> _oneAtATime;

    public SendOrderAgainConsumerDefinition(OneAtATimePerOrder<TDestination> oneAtATime)
    {
        _oneAtATime = oneAtATime;
        EndpointName = TDestination.Queue;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SendOrderAgainConsumer<TDestination>> consumerConfigurator, IRegistrationContext context)
    {
        // A command is sent to the queue itself; an exchange of its own would only be one more thing to find on the broker.
        endpointConfigurator.ConfigureMessageTopology<TrackOrder>(false);
        _oneAtATime.Apply<TrackOrder>(endpointConfigurator, message => message.OrderId);
    }
}
