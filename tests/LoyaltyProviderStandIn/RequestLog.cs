namespace LoyaltyProviderStandIn;

/// <summary>One request as it was answered.</summary>
/// <param name="Route"><c>customers</c>, <c>contacts</c> or the name of a dialect.</param>
/// <param name="Card">The card asked for; in a dialect whatever was asked for.</param>
/// <param name="At">When it arrived, UTC.</param>
/// <param name="Status">The status answered; null = the connection was dropped, or the answer is not out yet.</param>
public sealed record ReceivedRequest(string Route, string Card, DateTimeOffset At, int? Status);

/// <summary>What arrived since the start or the last clearing.</summary>
/// <param name="Count">Requests.</param>
/// <param name="AtOnce">The most that were under way at one time.</param>
/// <param name="PerCard">Requests by card, for the first 100,000 cards.</param>
/// <param name="Last">The latest requests, the newest last.</param>
public sealed record ReceivedRequests(long Count, int AtOnce, IReadOnlyDictionary<string, long> PerCard, IReadOnlyList<ReceivedRequest> Last);

/// <summary>Counts requests; memory is bounded whatever arrives.</summary>
internal sealed class RequestLog(TimeProvider time)
{
    private const int MaxCards = 100_000;
    private const int MaxLast = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _perCard = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _last = new();
    private long _count;
    private int _underWay;
    private int _atOnce;

    public Entry Begin(string route, string card)
    {
        lock (_lock)
        {
            _count++;
            _atOnce = Math.Max(_atOnce, ++_underWay);
            if (_perCard.TryGetValue(card, out var count) || _perCard.Count < MaxCards)
                _perCard[card] = count + 1;
            var entry = new Entry(route, card, time.GetUtcNow());
            _last.Enqueue(entry);
            if (_last.Count > MaxLast)
                _last.Dequeue();
            return entry;
        }
    }

    public void End(Entry entry, int? status)
    {
        lock (_lock)
        {
            entry.Status = status;
            _underWay--;
        }
    }

    public ReceivedRequests Read(int last)
    {
        lock (_lock)
        {
            return new(_count, _atOnce, new Dictionary<string, long>(_perCard),
                [.. _last.Skip(Math.Max(0, _last.Count - last)).Select(entry => new ReceivedRequest(entry.Route, entry.Card, entry.At, entry.Status))]);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _perCard.Clear();
            _last.Clear();
            (_count, _atOnce) = (0, _underWay);
        }
    }

    internal sealed class Entry(string route, string card, DateTimeOffset at)
    {
        public string Route { get; } = route;

        public string Card { get; } = card;

        public DateTimeOffset At { get; } = at;

        public int? Status { get; set; }
    }
}
