namespace EmailMarketing.RememberingPurchases;

/// <summary>A purchase as an event tells of it.</summary>
/// <param name="Purchase">The purchase, and whose it is.</param>
/// <param name="CustomerKey">Whose, as consents and links are kept.</param>
/// <param name="AskedAt">Since when it is known whose, UTC.</param>
internal sealed record ToldPurchase(LastPurchase Purchase, string CustomerKey, DateTimeOffset AskedAt)
{
    /// <summary>
    /// What a replay says counts for least: it knows only what the till said. It fills what is missing, and takes no purchase from whom a claim, a notice or a live answer gave it.
    /// </summary>
    public static readonly DateTimeOffset AskedByReplay = DateTimeOffset.UnixEpoch;

    /// <summary>Says which order, never whose.</summary>
    public override string ToString() => $"ToldPurchase {{ order: {Purchase.OrderId} }}";
}
