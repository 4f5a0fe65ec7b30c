using Contracts.CustomerResolution;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>What the steps of a look-up have said so far. Personal data: never logged.</summary>
/// <param name="Values">What placeholders stand for.</param>
internal sealed record KnownHolder(IReadOnlyDictionary<string, string> Values)
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>True when a status was there, and allows tracking.</summary>
    public bool HasStatus { get; init; }

    /// <summary>True when a consent was there, and allows tracking.</summary>
    public bool HasConsent { get; init; }

    /// <summary>The look-up's answer, were this all.</summary>
    /// <param name="origin">Where it was asked.</param>
    /// <param name="maySince">When a provider that said so was asked; null where it said nothing about tracking.</param>
    public LookupAnswer ToAnswer(CustomerOrigin origin, DateTimeOffset? maySince) => Email is null
        ? LookupAnswer.WithoutEmail
        : LookupAnswer.Found(new()
        {
            Email = Email,
            Name = Name,
            ExternalId = ExternalId,
            Origin = origin,
            ConsentSeenAt = maySince,
        });

    /// <summary>Never shows anybody.</summary>
    public override string ToString() => nameof(KnownHolder);
}
