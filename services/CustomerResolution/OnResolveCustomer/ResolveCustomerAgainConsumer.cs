using Contracts.CustomerResolution;
using CustomerResolution.ResolvingCustomers;
using MassTransit;

namespace CustomerResolution.OnResolveCustomer;

/// <summary>Looks for a customer again. What is remembered counts, unless it is older than the command allows.</summary>
internal sealed class ResolveCustomerAgainConsumer(CustomerResolver resolver) : IConsumer<ResolveCustomer>
{
    public async Task Consume(ConsumeContext<ResolveCustomer> context)
    {
        var (orderId, order) = (context.Message.OrderId, context.Message.Order);
        var resolution = await resolver.Resolve(orderId, order, context.Message.NotBefore, context.CancellationToken);
        await resolution.PublishFor(orderId, order, context);
    }
}
