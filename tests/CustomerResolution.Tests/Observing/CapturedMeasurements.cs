using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ServiceDefaults.Observing;

namespace CustomerResolution.Tests.Observing;

/// <summary>What one service measured, read back as "name{tags}" with the sum of its values; several services run in one process here.</summary>
internal sealed class CapturedMeasurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _sums = new();

    public CapturedMeasurements(IMeterFactory of)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.SourceName && instrument.Meter.Scope == of)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyDictionary<string, double> Sums => _sums;

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = $"{instrument.Name}[{instrument.Unit}]{{{string.Join(",", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}}";
        _sums.AddOrUpdate(key, value, (_, sum) => sum + value);
    }
}
