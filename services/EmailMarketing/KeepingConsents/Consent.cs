using Contracts.CustomerResolution;

namespace EmailMarketing.KeepingConsents;

/// <summary>One word on whether a customer may be a contact.</summary>
/// <param name="CustomerKey">Whose: <see cref="KeepingConsents.CustomerKey.Of"/>.</param>
/// <param name="MayBeTracked">True when they may.</param>
/// <param name="ChangedAt">Since when that is known, UTC, in whole microseconds.</param>
internal sealed record Consent(string CustomerKey, bool MayBeTracked, DateTimeOffset ChangedAt)
{
    public static Consent Of(CustomerConsentChanged change) => new(KeepingConsents.CustomerKey.Of(change.Email), change.MayBeTracked, InMicroseconds(change.ChangedAt));

    /// <summary>A provider's answer that allows it is a word too; null where nobody said so.</summary>
    public static Consent? Of(Customer customer) =>
        customer.ConsentSeenAt is { } seenAt ? new(KeepingConsents.CustomerKey.Of(customer.Email), true, InMicroseconds(seenAt)) : null;

    // PostgreSQL keeps microseconds. Cut here, so that both databases see the same instants as equal.
    private static DateTimeOffset InMicroseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
