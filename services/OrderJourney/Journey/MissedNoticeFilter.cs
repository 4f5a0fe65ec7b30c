using Contracts.CustomerResolution;
using MassTransit;
using OrderJourney.KeepingCardNotices;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.Journey;

/// <summary>
/// An answer may arrive after the notice about its card was dealt with, and the order's first answer always tells its card. Then nobody told this journey, so the
/// notice is looked up here. After the row is written, and not before: the notice is written before its journeys are looked for, so of both at once at least one finds the other.
/// What the journey knows already is no news to it.
/// </summary>
internal sealed class MissedNoticeFilter(CardNotices notices) : IFilter<ConsumeContext<CustomerResolutionFailed>>, IFilter<ConsumeContext<CustomerResolved>>
{
    public async Task Send(ConsumeContext<CustomerResolutionFailed> context, IPipe<ConsumeContext<CustomerResolutionFailed>> next)
    {
        await next.Send(context);
        var message = context.Message;
        // What was asked for after the notice knows of it, but not of the address that it brought: that serves where nobody is known yet.
        var addressServes = message.Reason is CustomerResolutionFailureReason.NotFound or CustomerResolutionFailureReason.NoIdentifier;
        await TellMissed(context, message.OrderId, message.CardKey, message.AskedAt ?? message.FailedAt, addressServes);
    }

    public async Task Send(ConsumeContext<CustomerResolved> context, IPipe<ConsumeContext<CustomerResolved>> next)
    {
        await next.Send(context);
        var message = context.Message;
        // Whom an address or a claim identified hangs on no card.
        if (message.Customer.Origin is CustomerOrigin.LoyaltyProvider or CustomerOrigin.WebShopContacts)
            await TellMissed(context, message.OrderId, message.CardKey, message.AskedAt ?? message.ResolvedAt, addressServes: false);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("missed-notices");

    private async Task TellMissed(ConsumeContext context, Guid orderId, string? cardKey, DateTimeOffset askedAt, bool addressServes)
    {
        if (cardKey is null || await notices.Find(cardKey, context.CancellationToken) is not { } notice)
            return;
        if (notice.RegisteredAt > askedAt || (addressServes && notice.Email is not null))
            await context.SendConfirmed(OwnQueue.Address, notice.About(orderId), orderId);
    }
}
