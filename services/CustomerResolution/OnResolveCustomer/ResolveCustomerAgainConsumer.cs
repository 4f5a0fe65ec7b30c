using Contracts.CustomerResolution;
using CustomerResolution.ResolvingCustomers;
using MassTransit;

namespace CustomerResolution.OnResolveCustomer;

/// <summary>Looks for a customer again. The journey or an operator asks on purpose, so a remembered "nobody" does not count as an answer.</summary>
internal sealed class ResolveCustomerAgainConsumer(CustomerResolver resolver) : IConsumer<ResolveCustomer>
{
    public async Task Consume(ConsumeContext<ResolveCustomer> context)
    {
        var (orderId, order) = (context.Message.OrderId, context.Message.Order);
        var resolution = await resolver.Resolve(orderId, order, KnownMisses.AskAgain, context.CancellationToken);
        await resolution.PublishFor(orderId, order, context);
    }
}
