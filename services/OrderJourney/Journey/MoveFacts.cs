using Contracts.CustomerResolution;
using OrderJourney.KeepingCardNotices;

namespace OrderJourney.Journey;

/// <summary>Whether an order that is tracked went to somebody else than it belongs to by now. It stays there; somebody may want to know.</summary>
internal static class MoveFacts
{
    /// <summary>Told when the card of a tracked order is somebody else's since.</summary>
    public const string CardMoved = nameof(CardMoved);

    /// <summary>Told when an order went to somebody else's profile than its customer's.</summary>
    public const string TrackedForAnother = nameof(TrackedForAnother);

    /// <summary>
    /// After something was learned: a pure function of the facts, so whichever came first it ends the same. Where nobody said whose profile the order went to, only
    /// <see cref="LearnMove"/> tells.
    /// </summary>
    public static void WeighMove(this OrderJourneySaga saga, DateTimeOffset at)
    {
        if (!saga.CustomersTrackedFor().Any())
            return;
        var another = saga.Customer is { } customer && !saga.IsOutdated(saga.CustomerAskedAt) && saga.CustomersTrackedFor().Any(key => key != CustomerKey.Of(customer.Email));
        var moved = another ? saga.CustomerAskedAt ?? saga.StartedAt : saga.MovedByNotice();
        if (moved == saga.CardMovedAt)
            return;
        var isNews = moved is not null && (saga.CardMovedAt is null || (!another && moved > saga.CardMovedAt));
        (saga.CardMovedAt, saga.HasChanged) = (moved, true);
        if (isNews)
            saga.Tell(at, another ? TrackedForAnother : CardMoved, null);
    }

    /// <summary>Of an order that is tracked, nobody said for whom: a notice says that its card is somebody else's by now.</summary>
    public static void LearnMove(this OrderJourneySaga saga, CustomerStated message)
    {
        if (message.From != CustomerOrigin.CardRegistration || message.Hint.Email is not { } address || saga.Customer is not { } customer || !customer.HangsOnCard())
            return;
        if (address == customer.Email || message.StatedAt <= saga.CustomerAskedAt || message.StatedAt <= saga.CardMovedAt)
            return;
        saga.CardMovedAt = message.StatedAt;
        saga.Tell(message.StatedAt, CardMoved, null);
    }

    private static DateTimeOffset? MovedByNotice(this OrderJourneySaga saga) =>
        saga.Customer is { } customer && customer.HangsOnCard()
        && saga.Statements?.Of(saga.CardKey) is CardNotice { Email: { } address } notice && notice.RegisteredAt > saga.CustomerAskedAt && !saga.TrackedFor.Contains(CustomerKey.Of(address))
            ? notice.RegisteredAt
            : null;

    // Whose an order is by its own address, or by a claim, has nothing to do with who holds the card.
    private static bool HangsOnCard(this Customer customer) => customer.Origin is CustomerOrigin.LoyaltyProvider or CustomerOrigin.WebShopContacts or CustomerOrigin.CardRegistration;
}
