using Contracts.ProfileStoreSender;
using MassTransit;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.OnTrackOrder;

internal sealed class TrackOrderAgainConsumerDefinition : ConsumerDefinition<TrackOrderAgainConsumer>
{
    private readonly OneAtATimePerOrder _oneAtATime;

    public TrackOrderAgainConsumerDefinition(OneAtATimePerOrder oneAtATime)
    {
        _oneAtATime = oneAtATime;
        EndpointName = Subscriptions.Queue;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TrackOrderAgainConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // A command is sent to the queue itself; an exchange of its own would only be one more thing to find on the broker.
        endpointConfigurator.ConfigureMessageTopology<TrackOrder>(false);
        _oneAtATime.Apply<TrackOrder>(endpointConfigurator, message => message.OrderId);
    }
}
