using Contracts.ProfileStoreSender;
using MassTransit;
using ProfileStoreSender.ReportingOutcomes;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.OnTrackOrder;

/// <summary>The journey or an operator asks again: send unless the ledger says that the destination has it, and say how it ended.</summary>
internal sealed class SendOrderAgainConsumer<TDestination>(OrderSender<TDestination> sender, TimeProvider time, ILogger<SendOrderAgainConsumer<TDestination>> log)
    : IConsumer<TrackOrder>
    where TDestination : class, IDestination
{
    public async Task Consume(ConsumeContext<TrackOrder> context)
    {
        var message = context.Message;
        if (message.Destination is { } other && other != TDestination.Name)
        {
            // Somebody configured a destination that nobody serves: a refusal is seen by a person, silence is not.
            LogMessages.UnknownDestination(log, message.OrderId, other);
            await TrackingOutcome.Refused(message.OrderId, other, time.GetUtcNow()).PublishFor(context);
            return;
        }
        var outcome = await sender.Send(new(message.OrderId, message.Order, message.Customer, TryRefusedAgain: true, message.CardKey), context.CancellationToken);
        await outcome.PublishFor(context);
    }
}
