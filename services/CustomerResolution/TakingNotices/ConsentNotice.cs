namespace CustomerResolution.TakingNotices;

/// <summary>Body of <c>POST /customers/consents</c>: either the address or the card says whose. Personal data: never logged.</summary>
internal sealed class ConsentNotice
{
    /// <summary>The customer's e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>A card of the customer, who is then looked up.</summary>
    public string? Card { get; init; }

    /// <summary>Whether orders of the customer may be tracked.</summary>
    public bool? MayBeTracked { get; init; }

    /// <summary>Why not: <c>consentWithdrawn</c> (default) or <c>blocked</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when, with its offset; absent, or in the future = now.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}
