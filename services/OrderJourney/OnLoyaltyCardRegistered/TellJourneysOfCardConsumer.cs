using Contracts.CustomerResolution;
using MassTransit;
using OrderJourney.Journey;
using OrderJourney.KeepingCardNotices;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.OnLoyaltyCardRegistered;

/// <summary>
/// Keeps the notice, then tells every journey it concerns. A notice that comes again, or late, tells of the one that is kept: what a journey knows already it ignores.
/// </summary>
internal sealed class TellJourneysOfCardConsumer(CardNotices notices, UnconfirmedStatements unconfirmed) : IConsumer<LoyaltyCardRegistered>
{
    public async Task Consume(ConsumeContext<LoyaltyCardRegistered> context)
    {
        var message = context.Message;
        var notice = await notices.Keep(new(message.CardKey, message.RegisteredAt, message.Email), context.CancellationToken);
        IReadOnlyList<Guid> concerned;
        var last = Guid.Empty;
        do
        {
            concerned = await notices.Concerned(notice, last, context.CancellationToken);
            await unconfirmed.Tell(concerned, orderId => context.SendConfirmed(OwnQueue.Address, notice.About(orderId), orderId), context.CancellationToken);
            last = concerned.Count > 0 ? concerned[^1] : last;
        }
        while (concerned.Count == CardNotices.Part);
    }
}
