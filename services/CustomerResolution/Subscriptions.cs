using CustomerResolution.OnOrderReceived;
using CustomerResolution.OnPersonErasureRequested;
using CustomerResolution.OnResolveCustomer;
using CustomerResolution.OnResolveCustomerForReplay;
using CustomerResolution.OutdatingAnswers;
using MassTransit;

namespace CustomerResolution;

/// <summary>Everything this service listens to, one line each.</summary>
public static class Subscriptions
{
    /// <summary>The service's queue, as <c>deploy/topology.json</c> declares it.</summary>
    internal const string Queue = "customer-resolution";

    /// <summary>The queue of orders that are replayed, as <c>deploy/topology.json</c> declares it.</summary>
    internal const string ReplayQueue = "customer-resolution-replays";

    /// <summary>Registers the consumers with a bus.</summary>
    public static void Add(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ResolveCustomerConsumer, ResolveCustomerConsumerDefinition>();
        bus.AddConsumer<ResolveCustomerAgainConsumer, ResolveCustomerAgainConsumerDefinition>();
        bus.AddConsumer<ResolveForReplayConsumer, ResolveForReplayConsumerDefinition>();
        bus.AddConsumer<OutdateAnswersConsumer, OutdateAnswersConsumerDefinition>();
        bus.AddConsumer<ForgetPersonConsumer, ForgetPersonConsumerDefinition>();
        bus.AddConsumer<ForgetAnswersConsumer, ForgetAnswersConsumerDefinition>();
    }
}
