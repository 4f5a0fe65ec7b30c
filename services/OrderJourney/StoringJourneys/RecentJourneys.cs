using System.Collections.Concurrent;
using OrderJourney.Journey;

namespace OrderJourney.StoringJourneys;

/// <summary>
/// The journeys written last, so that an order's next event need not read what this process has just written. Never the truth: a version that
/// somebody else has overtaken is refused when it is saved. Taking removes, so that nobody shares an instance.
/// </summary>
internal sealed class RecentJourneys(int most)
{
    private readonly ConcurrentDictionary<Guid, OrderJourneySaga> _journeys = new();
    private readonly ConcurrentQueue<OrderJourneySaga> _oldestFirst = new();

    public OrderJourneySaga? Take(Guid id) => _journeys.TryRemove(id, out var journey) ? journey : null;

    public void Put(OrderJourneySaga journey)
    {
        _journeys[journey.CorrelationId] = journey;
        _oldestFirst.Enqueue(journey);
        // One that was put several times goes with its first place in the line: it is read once more, that is all.
        while (_oldestFirst.Count > most && _oldestFirst.TryDequeue(out var oldest))
            _journeys.TryRemove(new KeyValuePair<Guid, OrderJourneySaga>(oldest.CorrelationId, oldest));
    }
}
