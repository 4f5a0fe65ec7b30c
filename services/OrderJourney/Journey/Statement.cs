using Contracts.CustomerResolution;
using Contracts.OrderIngest;

namespace OrderJourney.Journey;

/// <summary>
/// What somebody said about an order's customer after the till: a notice that the card was registered, or a claim of customer service. What was asked for before it does not
/// count. Personal data: never logged.
/// </summary>
/// <param name="Hint">Only what was stated; empty for a notice without an address.</param>
/// <param name="From"><see cref="CustomerOrigin.CardRegistration"/> or <see cref="CustomerOrigin.Claim"/>.</param>
/// <param name="StatedAt">When it was stated, UTC.</param>
public sealed record Statement(CustomerHint Hint, CustomerOrigin From, DateTimeOffset StatedAt)
{
    /// <summary>
    /// What counts of both: a claim outranks a notice, the later outranks the earlier; what is left is decided by the text, so that the order of arrival never decides.
    /// A claim by card is as young as the last notice: that may be just what it waits for.
    /// </summary>
    internal Statement Or(Statement other)
    {
        var stronger = Compare(other) >= 0 ? this : other;
        return stronger is { From: CustomerOrigin.Claim, Hint.LoyaltyCard: not null } && stronger.StatedAt < (stronger == this ? other : this).StatedAt
            ? stronger with { StatedAt = (stronger == this ? other : this).StatedAt }
            : stronger;
    }

    private int Compare(Statement other)
    {
        var bySpeaker = (From == CustomerOrigin.Claim).CompareTo(other.From == CustomerOrigin.Claim);
        if (bySpeaker != 0)
            return bySpeaker;
        var byTime = StatedAt.CompareTo(other.StatedAt);
        if (byTime != 0)
            return byTime;
        var byAddress = string.CompareOrdinal(Hint.Email, other.Hint.Email);
        return byAddress != 0 ? byAddress : string.CompareOrdinal(Hint.LoyaltyCard, other.Hint.LoyaltyCard);
    }
}
