using System.Text;
using RealServers;

namespace EndToEnd.Tests;

/// <summary>A metric as a service exported it over OTLP.</summary>
/// <param name="Name">Its name in OpenTelemetry.</param>
/// <param name="Unit">Its unit there.</param>
/// <param name="Kind">What it is.</param>
internal sealed record ExportedMetric(string Name, string Unit, MetricKind Kind)
{
    /// <summary>Names of all attributes of any of its points.</summary>
    public HashSet<string> Attributes { get; } = [];

    /// <summary>Services that exported it, as <c>namespace/name</c>.</summary>
    public HashSet<string> Jobs { get; } = [];

    /// <summary>Everything that has come, each metric once. Field numbers: opentelemetry/proto/metrics/v1.</summary>
    public static IReadOnlyList<ExportedMetric> Of(IEnumerable<TelemetryExport> exports)
    {
        var found = new Dictionary<(string, string, MetricKind), ExportedMetric>();
        foreach (var resource in exports.SelectMany(export => ProtocolBuffer.Parts(export.Body, 1)))
        {
            var attributes = ProtocolBuffer.Parts(resource, 1).SelectMany(part => ProtocolBuffer.Parts(part, 1)).ToDictionary(Key, Value);
            var job = $"{attributes.GetValueOrDefault("service.namespace")}/{attributes.GetValueOrDefault("service.name")}";
            foreach (var metric in ProtocolBuffer.Parts(resource, 2).SelectMany(scope => ProtocolBuffer.Parts(scope, 2)))
                Read(metric, job, found);
        }
        return [.. found.Values];
    }

    private static void Read(ReadOnlyMemory<byte> metric, string job, Dictionary<(string, string, MetricKind), ExportedMetric> found)
    {
        var (name, unit, kind, points) = ("", "", MetricKind.Gauge, new List<ReadOnlyMemory<byte>>());
        foreach (var (field, _, bytes) in ProtocolBuffer.Fields(metric))
        {
            (name, unit) = (field == 1 ? Text(bytes) : name, field == 3 ? Text(bytes) : unit);
            if (field is not (5 or 7 or 9))
                continue;
            kind = field == 9 ? MetricKind.Histogram : field == 7 && ProtocolBuffer.Fields(bytes).Any(part => part is { Field: 3, Number: 1 }) ? MetricKind.Counter : MetricKind.Gauge;
            points = [.. ProtocolBuffer.Parts(bytes, 1).SelectMany(point => ProtocolBuffer.Parts(point, field == 9 ? 9 : 7))];
        }
        if (!found.TryGetValue((name, unit, kind), out var seen))
            found[(name, unit, kind)] = seen = new(name, unit, kind);
        seen.Jobs.Add(job);
        seen.Attributes.UnionWith(points.Select(Key));
    }

    private static string Key(ReadOnlyMemory<byte> attribute) => Text(ProtocolBuffer.Parts(attribute, 1).Single());

    private static string Value(ReadOnlyMemory<byte> attribute) => Text(ProtocolBuffer.Parts(ProtocolBuffer.Parts(attribute, 2).Single(), 1).FirstOrDefault());

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}

/// <summary>What Prometheus makes of a metric depends on it.</summary>
internal enum MetricKind
{
    /// <summary>A number of this moment; also a sum that may fall.</summary>
    Gauge,

    /// <summary>A sum that only rises.</summary>
    Counter,

    /// <summary>Counts by size.</summary>
    Histogram,
}
