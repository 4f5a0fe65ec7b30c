using System.Diagnostics.Metrics;
using OrderIngest.JournalingOrders;
using ServiceDefaults.Observing;

namespace OrderIngest.MeasuringBacklog;

/// <summary>How far the relay is behind, and how many published orders no journey knows of. Every instance reports the whole journal: take the maximum, not the sum.</summary>
internal sealed class BacklogMetrics
{
    private volatile IReadOnlyList<Measurement<double>> _lag = [];
    private volatile IReadOnlyList<Measurement<long>> _unpublished = [], _withoutJourney = [];

    public BacklogMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.SourceName);
        meter.CreateObservableGauge("order_ingest.relay.lag", () => _lag, "s", "Age of the oldest order that waits to be published; 0 when none waits");
        meter.CreateObservableGauge("order_ingest.relay.waiting", () => _unpublished, "{order}", "Orders that wait to be published");
        meter.CreateObservableGauge("order_ingest.journey.missing", () => _withoutJourney, "{order}", "Published orders whose journey should be known by now and is not");
    }

    /// <summary>Reported until the next count.</summary>
    /// <param name="backlog">What the journal holds.</param>
    /// <param name="now">UTC.</param>
    /// <param name="comparesJourneys">False where nobody asks OrderJourney: then no order is ever acknowledged, and the number says nothing.</param>
    public void Measured(JournalBacklog backlog, DateTimeOffset now, bool comparesJourneys)
    {
        _lag = [new(backlog.OldestUnpublished is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : 0)];
        _unpublished = [new(backlog.Unpublished)];
        _withoutJourney = comparesJourneys ? [new(backlog.WithoutJourney)] : [];
    }

    /// <summary>An old count must not look like a new one.</summary>
    public void Unknown() => (_lag, _unpublished, _withoutJourney) = ([], [], []);
}
