using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using RealServers;
using ServiceDefaults.Observing;

namespace ServiceDefaults.Tests.Observing;

/// <summary>What alerts rely on.</summary>
public sealed class When_gauges_are_exported
{
    /// <summary>An old number must not look like a new one: neither one that is not known any more, nor the state a destination was in before.</summary>
    [Fact]
    public void A_series_that_is_not_measured_any_more_is_not_exported_any_more()
    {
        using var meter = new Meter($"silent-{Guid.NewGuid():N}");
        IReadOnlyList<Measurement<long>> now = [new(1, new KeyValuePair<string, object?>("state", "Open"))];
        meter.CreateObservableGauge("destination", () => now);
        using var exporter = new Kept();
        using var metrics = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(new BaseExportingMetricReader(exporter)).Build();

        metrics.ForceFlush();
        Assert.Equal(["state=Open:1"], exporter.Latest);
        now = [new(0, new KeyValuePair<string, object?>("state", "Away"))];
        metrics.ForceFlush();
        Assert.Equal(["state=Away:0"], exporter.Latest);
        now = [];
        metrics.ForceFlush();
        Assert.Empty(exporter.Latest);
    }

    [Fact]
    public async Task A_chain_of_many_stores_has_a_series_for_each()
    {
        const int Stores = 3000;
        using var collector = new TelemetryCollector();
        using var meter = new Meter(Telemetry.SourceName);
        meter.CreateObservableGauge("tests.store.last", () => Enumerable.Range(0, Stores).Select(store => new Measurement<long>(store, new KeyValuePair<string, object?>("store", $"<{store}>"))));
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Telemetry:OtlpEndpoint"] = collector.Address;
        builder.Configuration["Telemetry:OtlpProtocol"] = "http";
        builder.AddTelemetry("Tests");
        using (var host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }
        var exported = string.Concat(collector.Exports.Select(export => export.Text));
        Assert.All(Enumerable.Range(0, Stores), store => Assert.Contains($"<{store}>", exported, StringComparison.Ordinal));
    }

    private sealed class Kept : BaseExporter<Metric>
    {
        public IReadOnlyList<string> Latest { get; private set; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var seen = new List<string>();
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    var tags = "";
                    foreach (var tag in point.Tags)
                        tags += $"{tag.Key}={tag.Value}";
                    seen.Add($"{tags}:{point.GetGaugeLastValueLong()}");
                }
            }
            Latest = seen;
            return ExportResult.Success;
        }
    }
}
