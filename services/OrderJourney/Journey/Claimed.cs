using Contracts.OrderIngest;

namespace OrderJourney.Journey;

/// <summary>Whose an order is, as customer service said. Personal data: never logged.</summary>
/// <param name="Hint">The e-mail address or the card that was claimed, and nothing else.</param>
/// <param name="StatedAt">When it was stated, UTC.</param>
internal sealed record Claimed(CustomerHint Hint, DateTimeOffset StatedAt)
{
    /// <summary>The later of both; of one moment the text decides, so that the order of arrival never does.</summary>
    public Claimed Or(Claimed? other)
    {
        if (other is null)
            return this;
        var order = StatedAt.CompareTo(other.StatedAt);
        if (order == 0)
            order = string.CompareOrdinal(Hint.Email, other.Hint.Email);
        if (order == 0)
            order = string.CompareOrdinal(Hint.LoyaltyCard, other.Hint.LoyaltyCard);
        return order > 0 ? this : other;
    }
}
