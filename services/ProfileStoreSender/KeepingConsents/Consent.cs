using Contracts.CustomerResolution;

namespace ProfileStoreSender.KeepingConsents;

/// <summary>One word on whether a customer's orders may be tracked.</summary>
/// <param name="CustomerKey">Whose: <see cref="KeepingConsents.CustomerKey.Of"/>.</param>
/// <param name="Forbidden">Why they may not; null when they may.</param>
/// <param name="ChangedAt">Since when that is known, UTC.</param>
internal sealed record Consent(string CustomerKey, SuppressionReason? Forbidden, DateTimeOffset ChangedAt)
{
    public static Consent Of(CustomerConsentChanged change) => new(
        KeepingConsents.CustomerKey.Of(change.Email), change.MayBeTracked ? null : change.Reason ?? SuppressionReason.Unknown, change.ChangedAt);
}
