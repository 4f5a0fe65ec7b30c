using Contracts.CustomerResolution;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>What the steps of a look-up have said so far. Personal data: never logged.</summary>
/// <param name="Values">What placeholders stand for.</param>
internal sealed record KnownHolder(IReadOnlyDictionary<string, string> Values)
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>True when a status of the customer was there, and allows tracking.</summary>
    public bool HasStatus { get; init; }

    /// <summary>True when a consent was there, and allows tracking.</summary>
    public bool HasConsent { get; init; }

    /// <summary>The look-up's answer, were this all.</summary>
    /// <param name="origin">Where it was asked.</param>
    /// <param name="askedAt">When it was asked.</param>
    public LookupAnswer ToAnswer(CustomerOrigin origin, DateTimeOffset askedAt) => Email is null
        ? LookupAnswer.WithoutEmail
        : LookupAnswer.Found(new()
        {
            Email = Email,
            Name = Name,
            ExternalId = ExternalId,
            Origin = origin,
            ConsentSeenAt = HasConsent ? askedAt : null,
            StatusSeenAt = HasStatus ? askedAt : null,
        });

    /// <summary>Never shows anybody.</summary>
    public override string ToString() => nameof(KnownHolder);
}
