namespace EndToEnd.Tests;

/// <summary>
/// Under which names Prometheus sees a metric that comes through the collector (its exporter with add_metric_suffixes, as deploy/observability has it), by OpenTelemetry's compatibility
/// rules: unit and _total at the end, units in braces dropped.
/// </summary>
internal static class PrometheusName
{
    private static readonly Dictionary<string, string> Units = new() { ["s"] = "seconds", ["ms"] = "milliseconds", ["By"] = "bytes", ["1"] = "", [""] = "" };

    private static readonly Dictionary<string, string> PerUnits = new() { ["s"] = "second", ["m"] = "minute", ["h"] = "hour" };

    /// <summary>One name, or three of a histogram.</summary>
    public static IReadOnlyList<string> Of(ExportedMetric metric)
    {
        var parts = metric.Name.Split(['.', '_', '-', '/'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var units = metric.Unit.Split('/', 2);
        if (Unit(units[0], Units) is { Length: > 0 } unit && !parts.Contains(unit))
            parts.Add(unit);
        if (units.Length > 1 && Unit(units[1], PerUnits) is { Length: > 0 } per && !parts.Contains(per))
            parts.AddRange(["per", per]);
        if (metric.Kind == MetricKind.Counter)
        {
            parts.Remove("total");
            parts.Add("total");
        }
        if (metric is { Kind: MetricKind.Gauge, Unit: "1" })
            parts.Add("ratio");
        var name = string.Join('_', parts);
        return metric.Kind == MetricKind.Histogram ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
    }

    /// <summary>Labels of a metric: its attributes, and what the collector and histograms add.</summary>
    public static IReadOnlySet<string> Labels(ExportedMetric metric) =>
        metric.Attributes.Select(attribute => attribute.Replace('.', '_')).Concat(["job", "instance"]).Concat(metric.Kind == MetricKind.Histogram ? ["le"] : []).ToHashSet();

    private static string Unit(string unit, Dictionary<string, string> known) => unit.Contains('{', StringComparison.Ordinal) ? ""
        : known.TryGetValue(unit, out var spelled) ? spelled : throw new NotSupportedException($"how Prometheus spells the unit '{unit}' is not known here");
}
