using Contracts.CustomerResolution;
using MassTransit;

namespace CustomerResolution.OnResolveCustomerForReplay;

/// <summary>A queue of its own, with few orders at a time: a replay of a year stands beside the fresh orders, not in front of them.</summary>
internal sealed class ResolveForReplayConsumerDefinition : ConsumerDefinition<ResolveForReplayConsumer>
{
    private const int AtATime = 16;

    public ResolveForReplayConsumerDefinition() => EndpointName = Subscriptions.ReplayQueue;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ResolveForReplayConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.ConfigureMessageTopology<ResolveCustomerForReplay>(false);
        endpointConfigurator.PrefetchCount = AtATime;
    }
}
