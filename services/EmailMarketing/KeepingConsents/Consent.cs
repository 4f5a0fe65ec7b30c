using Contracts.CustomerResolution;

namespace EmailMarketing.KeepingConsents;

/// <summary>One word on whether a customer may be a contact.</summary>
/// <param name="CustomerKey">Whose: <see cref="Contracts.CustomerResolution.CustomerKey.Of"/>.</param>
/// <param name="Reason">Which reason it sets or lifts, as it is stored; <c>any</c> lifts every reason that was known before.</param>
/// <param name="MayBeTracked">True when they may.</param>
/// <param name="ChangedAt">Since when that is known, UTC, in whole microseconds.</param>
internal sealed record Consent(string CustomerKey, string Reason, bool MayBeTracked, DateTimeOffset ChangedAt)
{
    private const string Blocked = "blocked", Withdrawn = "consent_withdrawn", Unknown = "unknown", Any = "any";

    public static Consent Of(CustomerConsentChanged change) => new(
        Contracts.CustomerResolution.CustomerKey.Of(change.Email),
        change.Reason switch
        {
            SuppressionReason.Blocked => Blocked,
            SuppressionReason.ConsentWithdrawn => Withdrawn,
            null when change.MayBeTracked => Any,
            _ => Unknown,
        },
        change.MayBeTracked, InMicroseconds(change.ChangedAt));

    /// <summary>A provider's answer that allows something is a word on that reason too; empty where nobody said so.</summary>
    public static IEnumerable<Consent> Of(Customer customer)
    {
        if (customer.StatusSeenAt is { } statusSeenAt)
            yield return new(Contracts.CustomerResolution.CustomerKey.Of(customer.Email), Blocked, true, InMicroseconds(statusSeenAt));
        if (customer.ConsentSeenAt is { } consentSeenAt)
            yield return new(Contracts.CustomerResolution.CustomerKey.Of(customer.Email), Withdrawn, true, InMicroseconds(consentSeenAt));
    }

    // PostgreSQL keeps microseconds. Cut here, so that both databases see the same instants as equal.
    private static DateTimeOffset InMicroseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
