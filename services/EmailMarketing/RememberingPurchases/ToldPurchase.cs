namespace EmailMarketing.RememberingPurchases;

/// <summary>A purchase as an event tells of it.</summary>
/// <param name="Purchase">The purchase, and whose it is.</param>
/// <param name="CustomerKey">Whose, as consents and links are kept.</param>
/// <param name="AskedAt">Since when it is known whose, UTC.</param>
internal sealed record ToldPurchase(LastPurchase Purchase, string CustomerKey, DateTimeOffset AskedAt)
{
    /// <summary>Says which order, never whose.</summary>
    public override string ToString() => $"ToldPurchase {{ order: {Purchase.OrderId} }}";
}
