using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using ServiceDefaults.Observing;

namespace OrderIngest.Tests;

/// <summary>What the gauges of one service say at this moment; several services run in one process here.</summary>
internal static class Measured
{
    /// <summary><c>name{tags}=value</c>, sorted, of the gauges whose name begins so.</summary>
    public static string Now(IMeterFactory of, string beginning)
    {
        var read = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Telemetry.SourceName && instrument.Meter.Scope == of && instrument.IsObservable && instrument.Name.StartsWith(beginning, StringComparison.Ordinal))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return string.Join(' ', read.Order(StringComparer.Ordinal));

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            read.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name}{(tags.Length == 0 ? "" : $"{{{string.Join(',', tags.ToArray().Select(tag => tag.Value))}}}")}={value}"));
    }
}
