namespace Contracts.CustomerResolution;

/// <summary>A customer as far as the look-up tells. Personal data: never logged.</summary>
public sealed record Customer
{
    /// <summary>E-mail address: trimmed, in lower case, an internationalised domain in its ASCII form.</summary>
    public required string Email { get; init; }

    /// <summary>Display name, where known.</summary>
    public string? Name { get; init; }

    /// <summary>The provider's id of the customer, where known.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Where the e-mail address came from.</summary>
    public required CustomerOrigin Origin { get; init; }

    /// <summary>When a provider last said that this customer consents to being tracked, UTC; absent where nobody said so.</summary>
    public DateTimeOffset? ConsentSeenAt { get; init; }

    /// <summary>When a provider last said that this customer is not blocked, UTC; absent where nobody said so.</summary>
    public DateTimeOffset? StatusSeenAt { get; init; }

    /// <summary>
    /// The loyalty card the order was looked up by, normalised; absent where there is none that may identify this customer: none at all, a weak one, one that looks shared, or
    /// another's whose order was claimed by address. Personal data: never logged.
    /// </summary>
    public string? Card { get; init; }

    /// <summary>Says where the customer was found, never who it is.</summary>
    public override string ToString() => $"Customer {{ origin: {Origin} }}";
}
