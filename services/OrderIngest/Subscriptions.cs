using MassTransit;
using OrderIngest.OnErpOrder;
using OrderIngest.OnPersonErasureRequested;

namespace OrderIngest;

/// <summary>Everything this service listens to, one line each.</summary>
public static class Subscriptions
{
    /// <summary>The queue an ERP writes to, as <c>deploy/topology.json</c> declares it.</summary>
    internal const string ErpOrdersQueue = "erp-orders";

    /// <summary>The service's own queue, for what it subscribes to.</summary>
    internal const string Queue = "order-ingest";

    /// <summary>Registers the consumers with a bus.</summary>
    public static void Add(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<TakeErpOrderConsumer, TakeErpOrderConsumerDefinition>();
        bus.AddConsumer<EraseJournalConsumer, EraseJournalConsumerDefinition>();
    }
}
