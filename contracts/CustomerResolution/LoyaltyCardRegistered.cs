namespace Contracts.CustomerResolution;

/// <summary>Event on topic <c>loyalty-cards-registered</c>: somebody has a card now, or somebody else than before. Orders that wait for it can be looked up again.</summary>
public sealed record LoyaltyCardRegistered
{
    /// <summary>The card's key, as in <see cref="CustomerResolutionFailed.CardKey"/>.</summary>
    public required string CardKey { get; init; }

    /// <summary>The holder's e-mail address, where the notice carried it. Personal data: never logged.</summary>
    public string? Email { get; init; }

    /// <summary>When the notice arrived, UTC.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Says whether there is an address, never whose.</summary>
    public override string ToString() => $"LoyaltyCardRegistered {{ email: {Email is not null} }}";
}
