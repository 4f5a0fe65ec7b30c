using MassTransit;
using OrderIngest.OnErpOrder;

namespace OrderIngest;

/// <summary>Everything this service listens to, one line each.</summary>
public static class Subscriptions
{
    /// <summary>The queue an ERP writes to, as <c>deploy/topology.json</c> declares it.</summary>
    internal const string ErpOrdersQueue = "erp-orders";

    /// <summary>Registers the consumers with a bus.</summary>
    public static void Add(IBusRegistrationConfigurator bus) => bus.AddConsumer<TakeErpOrderConsumer, TakeErpOrderConsumerDefinition>();
}
