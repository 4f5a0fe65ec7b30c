using MassTransit;

namespace CustomerResolution.OnPersonErasureRequested;

/// <summary>Listens on the service's queue.</summary>
internal sealed class ForgetPersonConsumerDefinition : ConsumerDefinition<ForgetPersonConsumer>
{
    public ForgetPersonConsumerDefinition() => EndpointName = Subscriptions.Queue;
}
