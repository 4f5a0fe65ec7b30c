using MassTransit;

namespace CustomerResolution.OnOrderReceived;

/// <summary>Listens on the service's queue. An event may wait there behind commands; both are the same work.</summary>
internal sealed class ResolveCustomerConsumerDefinition : ConsumerDefinition<ResolveCustomerConsumer>
{
    public ResolveCustomerConsumerDefinition() => EndpointName = Subscriptions.Queue;
}
