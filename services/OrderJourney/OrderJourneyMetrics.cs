using System.Diagnostics.Metrics;
using OrderJourney.ErasingPeople;
using OrderJourney.Journey;
using ServiceDefaults.Observing;

namespace OrderJourney;

/// <summary>What an operator watches: how many journeys enter each state, how long orders take, how often a step had to be asked for again, what is under way, who waits for a customer, which people are not erased yet.</summary>
internal sealed class OrderJourneyMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.SourceName);
    private readonly Counter<long> _entered;
    private readonly Counter<long> _askedAgain;
    private readonly Counter<long> _cardMoved;
    private readonly Histogram<double> _duration;
    private volatile IReadOnlyList<Measurement<long>> _open = [], _waiting = [], _erasing = [];
    private volatile IReadOnlyList<Measurement<double>> _oldestOpen = [], _oldestErasure = [];

    public OrderJourneyMetrics()
    {
        _entered = _meter.CreateCounter<long>("order_journey.state.entered", "{journey}", "Journeys that entered a state");
        _askedAgain = _meter.CreateCounter<long>("order_journey.step.asked_again", "{command}", "Commands sent because an answer was overdue");
        _cardMoved = _meter.CreateCounter<long>("order_journey.card.moved", "{journey}", "Tracked orders that went to somebody else than they belong to by now");
        _meter.CreateObservableGauge("order_journey.order.open", () => _open, "{order}", "Orders under way or in need of attention, by state; every instance reports all of them");
        _meter.CreateObservableGauge("order_journey.order.oldest", () => _oldestOpen, "s", "Time since this service first heard of the oldest of these orders, by state; 0 without any");
        _meter.CreateObservableGauge("order_journey.customer.waiting", () => _waiting, "{journey}", "Journeys that await their customer, by age; every instance reports all of them");
        _meter.CreateObservableGauge("order_journey.erasure.open", () => _erasing, "{erasure}", "Erasures that are not done, by state; every instance reports all of them");
        _meter.CreateObservableGauge("order_journey.erasure.oldest", () => _oldestErasure, "s", "Time since the oldest erasure that is not done was asked for; 0 without any");
        _duration = _meter.CreateHistogram<double>("order_journey.order.tracked", "s", "Time from acceptance of an order until every destination had accepted it", advice: Telemetry.Seconds);
    }

    public void Entered(string state, TimeSpan? sinceReceived)
    {
        _entered.Add(1, new KeyValuePair<string, object?>("state", state));
        if (state == JourneyState.Tracked && sinceReceived is { } duration)
            _duration.Record(duration.TotalSeconds);
    }

    public void AskedAgain(MissingStep step) => _askedAgain.Add(1, new KeyValuePair<string, object?>("step", step.ToString()));

    public void CardMoved(string told) => _cardMoved.Add(1, new KeyValuePair<string, object?>("told", told));

    /// <summary>Reported until the next count.</summary>
    public void Open(IEnumerable<(string State, long Count, TimeSpan Oldest)> byState)
    {
        var states = byState.ToList();
        _open = [.. states.Select(state => new Measurement<long>(state.Count, new KeyValuePair<string, object?>("state", state.State)))];
        _oldestOpen = [.. states.Select(state => new Measurement<double>(state.Oldest.TotalSeconds, new KeyValuePair<string, object?>("state", state.State)))];
        // A counter that begins with its first event hides that event: how much a series has grown takes a sample from before.
        foreach (var state in JourneyState.All)
            _entered.Add(0, new KeyValuePair<string, object?>("state", state));
    }

    /// <summary>An old count must not look like a new one.</summary>
    public void OpenUnknown() => (_open, _oldestOpen) = ([], []);

    /// <summary>Reported until the next count.</summary>
    public void Waiting(IEnumerable<KeyValuePair<string, long>> byAge) =>
        _waiting = [.. byAge.Select(age => new Measurement<long>(age.Value, new KeyValuePair<string, object?>("age", age.Key)))];

    /// <summary>An old count must not look like a new one.</summary>
    public void WaitingUnknown() => _waiting = [];

    /// <summary>Reported until the next count.</summary>
    public void Erasing(long running, long needAttention, TimeSpan oldest)
    {
        _erasing = [new(running, new KeyValuePair<string, object?>("state", Erasure.Running)), new(needAttention, new KeyValuePair<string, object?>("state", Erasure.NeedsAttention))];
        _oldestErasure = [new(oldest.TotalSeconds)];
    }

    /// <summary>As with those who wait.</summary>
    public void ErasingUnknown() => (_erasing, _oldestErasure) = ([], []);

    /// <summary>Several services in one process have a meter of the same name each.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    public void Dispose() => _meter.Dispose();
}
