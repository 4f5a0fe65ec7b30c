using Contracts.CustomerResolution;
using Contracts.OrderIngest;

namespace OrderJourney.Journey;

/// <summary>Private message of this service to its own queue: somebody said something about the customer of this order. Personal data: never logged.</summary>
public sealed record CustomerStated
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Which card a notice is about; null for a claim, and in messages of earlier versions.</summary>
    public string? CardKey { get; init; }

    /// <summary>Only what was stated; empty for a notice without an address.</summary>
    public required CustomerHint Hint { get; init; }

    /// <summary><see cref="CustomerOrigin.CardRegistration"/> or <see cref="CustomerOrigin.Claim"/>.</summary>
    public required CustomerOrigin From { get; init; }

    /// <summary>When it was stated, UTC.</summary>
    public required DateTimeOffset StatedAt { get; init; }
}
