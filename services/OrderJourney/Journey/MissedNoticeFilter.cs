using Contracts.CustomerResolution;
using MassTransit;
using OrderJourney.KeepingCardNotices;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.Journey;

/// <summary>
/// A "nobody" may arrive after the notice about its card was dealt with, and the order's first "nobody" always tells its card. Then nobody told this journey, so the
/// notice is looked up here. After the row is written, and not before: the notice is written before its journeys are looked for, so of both at once at least one finds the other.
/// </summary>
internal sealed class MissedNoticeFilter(CardNotices notices) : IFilter<ConsumeContext<CustomerResolutionFailed>>
{
    public async Task Send(ConsumeContext<CustomerResolutionFailed> context, IPipe<ConsumeContext<CustomerResolutionFailed>> next)
    {
        await next.Send(context);
        var message = context.Message;
        if (message is not { Reason: CustomerResolutionFailureReason.NotFound, CardKey: { } card })
            return;
        // What was asked for after the notice knows of it, but not of the address that it brought: that serves where nobody is known yet.
        if (await notices.Find(card, context.CancellationToken) is { } notice && (notice.Email is not null || notice.RegisteredAt > (message.AskedAt ?? message.FailedAt)))
            await context.SendConfirmed(OwnQueue.Address, notice.About(message.OrderId), message.OrderId);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("missed-notices");
}
