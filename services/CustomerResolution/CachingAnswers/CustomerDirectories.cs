namespace CustomerResolution.CachingAnswers;

/// <summary>Who can be asked for a customer.</summary>
/// <param name="Loyalty">The loyalty provider.</param>
/// <param name="Contacts">The web shop's contacts, where configured.</param>
internal sealed record CustomerDirectories(CustomerDirectory Loyalty, CustomerDirectory? Contacts)
{
    /// <summary>What was asked for before this moment, UTC, about the card with this key does not count any more.</summary>
    public void Outdate(string cardKey, DateTimeOffset before)
    {
        Loyalty.Outdate(cardKey, before);
        Contacts?.Outdate(cardKey, before);
    }

    /// <summary>The same for all cards.</summary>
    public void OutdateCards(DateTimeOffset before)
    {
        Loyalty.OutdateCards(before);
        Contacts?.OutdateCards(before);
    }

    /// <summary>What is remembered of a person is forgotten.</summary>
    public void Forget(string? customerKey, IReadOnlySet<string> cardKeys)
    {
        Loyalty.Forget(customerKey, cardKeys);
        Contacts?.Forget(customerKey, cardKeys);
    }
}
