using System.Diagnostics.Metrics;
using ServiceDefaults.Observing;

namespace CustomerResolution.Tests.UnderLoad;

/// <summary>What a gauge of the loyalty provider shows at this moment, or null when it shows nothing.</summary>
internal sealed class ProviderGauge : IDisposable
{
    private readonly MeterListener _listener = new();
    private double? _value;

    public ProviderGauge(IMeterFactory of, string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && instrument.Meter.Name == Telemetry.SourceName && instrument.Meter.Scope == of)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) => Take(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Take(value, tags));
        _listener.Start();
    }

    public double? Read()
    {
        _value = null;
        _listener.RecordObservableInstruments();
        return _value;
    }

    public void Dispose() => _listener.Dispose();

    private void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
            _value = tag is { Key: "provider", Value: "loyalty-provider" } ? value : _value;
    }
}
