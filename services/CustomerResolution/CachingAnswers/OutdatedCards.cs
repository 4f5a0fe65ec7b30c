namespace CustomerResolution.CachingAnswers;

/// <summary>
/// Since when answers about a card count, by its key, because it was registered then. Bounded: full, it forgets every card, and holds the latest of their
/// moments against all cards instead, which costs look-ups and is never wrong.
/// </summary>
/// <param name="most">How many cards are held at most.</param>
internal sealed class OutdatedCards(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _byCard = new(StringComparer.Ordinal);
    private DateTimeOffset? _all;

    /// <summary>An answer about this card that was asked for before this moment, UTC, does not count.</summary>
    public void Add(string cardKey, DateTimeOffset before)
    {
        lock (_lock)
        {
            if (_byCard.Count >= most && !_byCard.ContainsKey(cardKey))
            {
                _all = Later(_all, _byCard.Values.Max());
                _byCard.Clear();
            }
            _byCard[cardKey] = _byCard.TryGetValue(cardKey, out var known) && known > before ? known : before;
        }
    }

    /// <summary>The same for all cards.</summary>
    public void AddAll(DateTimeOffset before)
    {
        lock (_lock)
            _all = Later(_all, before);
    }

    /// <summary>The later of the moment and what is held against a card; null = any answer counts.</summary>
    /// <param name="notBefore">The moment, UTC.</param>
    /// <param name="cardKey">Gives the card's key, which is worked out only where there is something to compare with.</param>
    public DateTimeOffset? Later(DateTimeOffset? notBefore, Func<string> cardKey)
    {
        lock (_lock)
        {
            var later = Later(notBefore, _all);
            return _byCard.Count > 0 && _byCard.TryGetValue(cardKey(), out var before) ? Later(later, before) : later;
        }
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
