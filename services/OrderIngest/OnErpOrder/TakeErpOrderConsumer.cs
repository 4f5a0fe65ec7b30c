using MassTransit;
using OrderIngest.ReceivingOrders;

namespace OrderIngest.OnErpOrder;

/// <summary>Takes an order in that an ERP wrote to the queue. Acknowledged once it is journaled, or kept with the rejected input; the database may take its time.</summary>
internal sealed class TakeErpOrderConsumer(QueuedOrder order) : IConsumer<ErpOrder>
{
    public Task Consume(ConsumeContext<ErpOrder> context) => order.Receive(context.Message.Body, context.Message.Source, context.CancellationToken);
}
