using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using OrderJourney.Journey;

namespace OrderJourney.KeepingCardNotices;

/// <summary>The latest that was said about who has a card. Personal data: never logged.</summary>
/// <param name="CardKey">Which card.</param>
/// <param name="RegisteredAt">When the notice arrived, UTC.</param>
/// <param name="Email">The holder's address, where the notice carried it.</param>
internal sealed record CardNotice(string CardKey, DateTimeOffset RegisteredAt, string? Email)
{
    /// <summary>What it says about an order of this card.</summary>
    public CustomerStated About(Guid orderId) => new()
    {
        OrderId = orderId,
        CardKey = CardKey,
        Hint = new CustomerHint { Email = Email },
        From = CustomerOrigin.CardRegistration,
        StatedAt = RegisteredAt,
    };

    /// <summary>The later of both; of one moment the address decides, so that the order of arrival never does.</summary>
    public CardNotice Or(CardNotice? other) =>
        other is null || RegisteredAt > other.RegisteredAt || (RegisteredAt == other.RegisteredAt && string.CompareOrdinal(Email, other.Email) > 0) ? this : other;

    /// <summary>Says whether there is an address, never whose.</summary>
    public override string ToString() => $"CardNotice {{ email: {Email is not null} }}";
}
