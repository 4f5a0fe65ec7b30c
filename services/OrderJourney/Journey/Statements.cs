using System.Text.Json.Serialization;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using OrderJourney.KeepingCardNotices;

namespace OrderJourney.Journey;

/// <summary>
/// All that was said about an order's customer after the till. Each part is a fact that only a later one replaces; what they amount to is <see cref="Amount"/>.
/// Personal data: never logged.
/// </summary>
internal sealed record Statements
{
    public static readonly Statements None = new();

    /// <summary>The latest claim of customer service.</summary>
    public Claimed? Claim { get; init; }

    /// <summary>The latest notice of each card the order was looked up by: its own, and one that was claimed.</summary>
    public IReadOnlyList<CardNotice> Notices { get; init; } = [];

    /// <summary>When the last answer was asked for that could do nothing with a claim, UTC: no claim up to then counts.</summary>
    public DateTimeOffset? UnusableAt { get; init; }

    /// <summary>Since when nothing about the customer is kept of this order any more, UTC, because the person was erased. Stays.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>True when what was claimed last is of no use.</summary>
    [JsonIgnore]
    public bool IsClaimDropped => UnusableAt is not null && ClaimThatCounts is null;

    private Claimed? ClaimThatCounts => Claim is { } claim && !(claim.StatedAt <= UnusableAt) ? claim : null;

    /// <summary>The same instance when it is no news.</summary>
    public Statements With(Claimed claim) => claim.Or(Claim) is var latest && latest == Claim ? this : this with { Claim = latest };

    /// <summary>The same instance when it is no news.</summary>
    public Statements With(CardNotice notice)
    {
        var known = Of(notice.CardKey);
        var latest = notice.Or(known);
        return latest == known ? this : this with { Notices = [.. Notices.Where(other => other.CardKey != notice.CardKey).Append(latest).OrderBy(other => other.CardKey, StringComparer.Ordinal)] };
    }

    /// <summary>The same instance when it is no news.</summary>
    public Statements WithUnusableClaim(DateTimeOffset askedAt) => askedAt <= UnusableAt ? this : this with { UnusableAt = askedAt };

    /// <summary>A claim of no use is forgotten.</summary>
    public Statements WithoutDroppedClaim() => IsClaimDropped ? this with { Claim = null, UnusableAt = null } : this;

    /// <summary>The notice of this card, where there was one.</summary>
    public CardNotice? Of(string? cardKey) => Notices.FirstOrDefault(notice => notice.CardKey == cardKey);

    /// <summary>
    /// A claim outranks notices. One by card needs them all the same: the card may be registered after it was claimed, and the notice may bring the address. Which card was
    /// claimed is known once it was looked up.
    /// </summary>
    /// <param name="cardKey">The card the order was last looked up by.</param>
    /// <param name="askedAt">When it was, UTC.</param>
    public Standing Amount(string? cardKey, DateTimeOffset? askedAt)
    {
        var notice = Of(cardKey);
        if (ClaimThatCounts is not { } claim)
            return notice is null ? default : new(new() { Email = notice.Email }, CustomerOrigin.CardRegistration, null, notice.RegisteredAt);
        if (claim.Hint.LoyaltyCard is null || !(askedAt >= claim.StatedAt))
            notice = null;
        var noticed = notice?.Email is { } email ? new CustomerHint { Email = email } : null;
        return new(claim.Hint, CustomerOrigin.Claim, noticed, notice?.RegisteredAt > claim.StatedAt ? notice.RegisteredAt : claim.StatedAt);
    }

    /// <summary>Says what there is, never what it says.</summary>
    public override string ToString() => $"Statements {{ claim: {Claim is not null}, notices: {Notices.Count} }}";
}
