using Contracts.CustomerResolution;

namespace ProfileStoreSender.KeepingConsents;

/// <summary>One word on whether a customer's orders may be tracked.</summary>
/// <param name="CustomerKey">Whose: <see cref="Contracts.CustomerResolution.CustomerKey"/>, of an address or of a card.</param>
/// <param name="Reason">Which reason it sets or lifts; null lifts every reason that was known before.</param>
/// <param name="MayBeTracked">True when it lifts.</param>
/// <param name="ChangedAt">Since when that is known, UTC.</param>
internal sealed record Consent(string CustomerKey, SuppressionReason? Reason, bool MayBeTracked, DateTimeOffset ChangedAt)
{
    /// <summary>For the address, and for the card that it became known by.</summary>
    public static IEnumerable<Consent> Of(CustomerConsentChanged change)
    {
        var byAddress = new Consent(
            Contracts.CustomerResolution.CustomerKey.Of(change.Email), change.MayBeTracked ? change.Reason : change.Reason ?? SuppressionReason.Unknown, change.MayBeTracked, change.ChangedAt);
        yield return byAddress;
        if (change.CardKey is { } card)
            yield return byAddress with { CustomerKey = Contracts.CustomerResolution.CustomerKey.OfCard(card) };
    }
}
