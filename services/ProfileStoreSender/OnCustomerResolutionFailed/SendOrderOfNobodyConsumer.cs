using Contracts.CustomerResolution;
using MassTransit;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.OnCustomerResolutionFailed;

/// <summary>Nobody is known by the order's card: a destination that knows people by cards gets the order all the same. Every other failure sends nothing and says nothing.</summary>
internal sealed class SendOrderOfNobodyConsumer<TDestination>(OrderSender<TDestination> sender) : IConsumer<CustomerResolutionFailed>
    where TDestination : class, IDestination
{
    public async Task Consume(ConsumeContext<CustomerResolutionFailed> context)
    {
        // The card is brought for this reason alone; it is looked at all the same, as a version that brings it for another must not be followed.
        if (context.Message is not { Reason: CustomerResolutionFailureReason.NotFound, Order: { } order, Card: { } card, CardKey: { } key } message)
            return;
        TrackingRequest request = new(message.OrderId, order, null, message.TryRefusedAgain == true) { Card = new(card, key) };
        var outcome = await sender.Send(request, context.CancellationToken);
        await outcome.PublishFor(context);
    }
}
