using System.Diagnostics.Metrics;
using ServiceDefaults.Observing;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>How much rejected input waits for somebody.</summary>
internal sealed class RejectedMetrics
{
    private volatile IReadOnlyList<ReasonCount> _open = [];

    public RejectedMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.SourceName);
        meter.CreateObservableGauge("order_ingest.rejected.open", Measure, "{input}", "Rejected inputs that were neither repaired nor dismissed");
    }

    /// <summary>Counted from time to time; a source without open input was repaired and says 0 from then on.</summary>
    public void Open(IReadOnlyList<ReasonCount> counts) =>
        _open = [.. counts, .. _open.Where(old => !counts.Any(now => (now.Source, now.Reason) == (old.Source, old.Reason))).Select(old => new ReasonCount { Source = old.Source, Reason = old.Reason })];

    private IEnumerable<Measurement<long>> Measure() =>
        _open.Select(count => new Measurement<long>(count.Inputs, new KeyValuePair<string, object?>("source", count.Source), new("reason", count.Reason)));
}
