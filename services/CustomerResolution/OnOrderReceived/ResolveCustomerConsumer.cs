using Contracts.OrderIngest;
using CustomerResolution.ResolvingCustomers;
using MassTransit;

namespace CustomerResolution.OnOrderReceived;

/// <summary>Finds the customer of a new order.</summary>
internal sealed class ResolveCustomerConsumer(CustomerResolver resolver) : IConsumer<OrderReceived>
{
    public async Task Consume(ConsumeContext<OrderReceived> context)
    {
        var (orderId, order) = (context.Message.OrderId, context.Message.Order);
        var resolution = await resolver.Resolve(orderId, order, notBefore: null, context.CancellationToken);
        await resolution.PublishFor(orderId, order, context);
    }
}
