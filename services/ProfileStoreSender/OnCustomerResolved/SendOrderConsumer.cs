using Contracts.CustomerResolution;
using MassTransit;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.OnCustomerResolved;

/// <summary>The customer is known: send the order's event to this destination, and say how it ended.</summary>
internal sealed class SendOrderConsumer<TDestination>(OrderSender<TDestination> sender) : IConsumer<CustomerResolved>
    where TDestination : class, IDestination
{
    public async Task Consume(ConsumeContext<CustomerResolved> context)
    {
        var message = context.Message;
        // A second copy of the event is no reason to bother the destination with what it has refused already.
        var outcome = await sender.Send(
            new(message.OrderId, message.Order, message.Customer, TryRefusedAgain: false, message.CardKey) { IsReplay = message.ReplayId is not null }, context.CancellationToken);
        await outcome.PublishFor(context);
    }
}
