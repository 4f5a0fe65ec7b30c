using System.Runtime.InteropServices;

namespace CustomerResolution.WatchingCards;

/// <summary>
/// Counts orders per card and UTC day, to notice a card that no single customer can be using. Kept in this instance's memory and bounded: with several
/// instances each sees its part, and a redelivered order may count twice. Good for a flag, not for a figure.
/// </summary>
/// <param name="limit">Orders a day that one customer may make with a card; 0 = nothing is counted.</param>
/// <param name="capacity">Cards counted at most; beyond that the least used half is forgotten.</param>
/// <param name="time">The clock that says when a day is over.</param>
internal sealed class CardUse(int limit, int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _orders = new(StringComparer.Ordinal);
    private DateOnly _day;

    /// <summary>How many cards are being counted.</summary>
    public int Counted
    {
        get
        {
            lock (_lock)
                return _orders.Count;
        }
    }

    /// <summary>Counts an order; true when it is the one that makes the card look shared, which is once a day.</summary>
    public bool Count(string cardKey)
    {
        if (limit == 0)
            return false;
        lock (_lock)
        {
            BeginDay();
            if (_orders.Count >= capacity && !_orders.ContainsKey(cardKey))
                ForgetLeastUsed();
            ref var orders = ref CollectionsMarshal.GetValueRefOrAddDefault(_orders, cardKey, out _);
            return ++orders == limit + 1;
        }
    }

    /// <summary>True when more orders than the limit used the card today.</summary>
    public bool LooksShared(string cardKey)
    {
        if (limit == 0)
            return false;
        lock (_lock)
        {
            BeginDay();
            return _orders.TryGetValue(cardKey, out var orders) && orders > limit;
        }
    }

    private void BeginDay()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (today == _day)
            return;
        _day = today;
        _orders.Clear();
    }

    private void ForgetLeastUsed()
    {
        foreach (var (card, _) in _orders.OrderBy(pair => pair.Value).Take((_orders.Count + 1) / 2).ToList())
            _orders.Remove(card);
    }
}
