using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProfileStoreStandIn.KeepingEvents;

/// <summary>
/// The newest events whole, and for all of them how often each trackId came: 16 bytes and a count per id, so that a million events fit.
/// </summary>
internal sealed class EventStore(int keep, TimeProvider time)
{
    private const int DoubledListed = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<StoredEvent> _newest = new();
    private readonly Dictionary<Guid, int> _timesById = [];
    private readonly List<string> _doubled = [];
    private readonly SortedDictionary<string, long> _rejected = new(StringComparer.Ordinal);
    private long _requests, _queries, _stored, _doubledCount;

    public void CountRequest()
    {
        lock (_lock)
            _requests++;
    }

    public void CountQuery()
    {
        lock (_lock)
            _queries++;
    }

    public void CountRejected(string status)
    {
        lock (_lock)
            _rejected[status] = _rejected.GetValueOrDefault(status) + 1;
    }

    /// <param name="events">What came in.</param>
    /// <param name="idOf">The sender's id of an event; null where it has none.</param>
    public void Store(IEnumerable<JsonElement> events, Func<JsonElement, string?> idOf)
    {
        foreach (var tracked in events)
        {
            var trackId = idOf(tracked);
            lock (_lock)
            {
                _stored++;
                _newest.Enqueue(new(_stored, trackId, time.GetUtcNow(), tracked));
                if (_newest.Count > keep)
                    _newest.Dequeue();
                // An event without an id cannot be told from another: it counts as one of its own.
                CountId(trackId ?? $"without trackId {_stored}");
            }
        }
    }

    public IReadOnlyList<StoredEvent> After(long sequence, int limit)
    {
        lock (_lock)
            return [.. _newest.Where(stored => stored.Sequence > sequence).Take(limit)];
    }

    public IReadOnlyList<StoredEvent> WithId(string trackId)
    {
        lock (_lock)
            return [.. _newest.Where(stored => stored.TrackId == trackId)];
    }

    /// <summary>How often each id was stored; ids that are not GUIDs by a GUID made of their hash.</summary>
    public IReadOnlyDictionary<Guid, int> Times()
    {
        lock (_lock)
            return new Dictionary<Guid, int>(_timesById);
    }

    public StandInSummary Summary()
    {
        lock (_lock)
            return new(_requests, _stored, _timesById.Count, [.. _doubled], _doubledCount, new Dictionary<string, long>(_rejected)) { Queries = _queries };
    }

    public void Clear()
    {
        lock (_lock)
        {
            _newest.Clear();
            _timesById.Clear();
            _doubled.Clear();
            _rejected.Clear();
            (_requests, _queries, _stored, _doubledCount) = (0, 0, 0, 0);
        }
    }

    private void CountId(string trackId)
    {
        var key = Guid.TryParseExact(trackId, "D", out var guid) ? guid : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(trackId)).AsSpan(0, 16));
        var times = _timesById[key] = _timesById.GetValueOrDefault(key) + 1;
        if (times != 2)
            return;
        _doubledCount++;
        if (_doubled.Count < DoubledListed)
            _doubled.Add(trackId);
    }
}
