using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ServiceDefaults.Observing;

namespace OrderIngest.WatchingStores;

/// <summary>
/// When each store was last heard of, so that one that has fallen silent is noticed. Each instance tells what it took itself, since its start: the latest of all counts.
/// </summary>
internal sealed class LastOrders
{
    private readonly ConcurrentDictionary<(string Source, string Store), DateTimeOffset> _times = new();
    private readonly TimeProvider _time;
    private readonly int _most;

    public LastOrders(IMeterFactory meters, TimeProvider time)
        : this(meters, time, Telemetry.MostStores)
    {
    }

    /// <param name="meters">Where the metric is shown.</param>
    /// <param name="time">The clock.</param>
    /// <param name="most">Stores at most: a sender chooses their numbers, so whoever was silent for longest makes room.</param>
    internal LastOrders(IMeterFactory meters, TimeProvider time, int most)
    {
        (_time, _most) = (time, most);
        meters.Create(Telemetry.SourceName).CreateObservableGauge(
            "order_ingest.store.last_order", Measure, "s", "When an order of a store was last accepted here, in seconds since 1970 (UTC)");
    }

    /// <summary>An order of the store was accepted just now.</summary>
    public void Note(string source, string store)
    {
        var now = _time.GetUtcNow();
        if (_times.TryAdd((source, store), now))
            MakeRoom();
        else
            _times[(source, store)] = now;
    }

    private void MakeRoom()
    {
        while (_times.Count > _most)
            _times.TryRemove(_times.MinBy(store => store.Value));
    }

    private IEnumerable<Measurement<double>> Measure() =>
        _times.Select(store => new Measurement<double>(store.Value.ToUnixTimeMilliseconds() / 1000.0, new KeyValuePair<string, object?>("source", store.Key.Source), new("store", store.Key.Store)));
}
