using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ServiceDefaults.ValidatingOptions;

namespace ServiceDefaults.Observing;

/// <summary>Traces and metrics over OTLP. MassTransit, Npgsql, HttpClient and ASP.NET Core bring their own sources and meters.</summary>
public static class Telemetry
{
    /// <summary>Name of the services' own activity source and meter.</summary>
    public const string SourceName = "InStoreOrders";

    /// <summary>Most series of an instrument that is kept for each store (<c>....store...</c>); beyond it OpenTelemetry adds the rest up under <c>otel_metric_overflow</c>.</summary>
    public const int MostStores = 10_000;

    /// <summary>Steps of a histogram in seconds, from a few milliseconds to an hour: the library's own begin at 5 s, where most of what is measured here ends.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] };

    /// <summary>The services' own spans: steps that no library knows of, such as the relay from the journal.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Starts exporting when <c>Telemetry:OtlpEndpoint</c> is set.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        builder.AddValidatedOptions<TelemetryOptions>(TelemetryOptions.Section);
        builder.Services.AddHostedService(provider => new Exporting(service, provider.GetRequiredService<IOptions<TelemetryOptions>>().Value));
    }

    /// <summary>OpenTelemetry's own hosting package does the same; it is not on every feed (README, packages).</summary>
    private sealed class Exporting(string service, TelemetryOptions options) : IHostedService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (string.IsNullOrWhiteSpace(options.OtlpEndpoint))
                return Task.CompletedTask;
            var resource = ResourceBuilder.CreateDefault().AddService(service, serviceNamespace: "in-store-orders");
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(SourceName, "MassTransit", "Npgsql", "System.Net.Http", "Microsoft.AspNetCore")
                .AddProcessor(new AddressRedaction())
                .AddOtlpExporter(otlp => Address(otlp, "traces"))
                .Build();
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(SourceName, "MassTransit", "Npgsql", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddView(instrument => instrument.Name.Contains(".store.", StringComparison.Ordinal) ? new MetricStreamConfiguration { CardinalityLimit = MostStores } : null)
                .AddOtlpExporter(otlp => Address(otlp, "metrics"))
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _traces?.ForceFlush(2000);
            _metrics?.ForceFlush(2000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }

        private void Address(OtlpExporterOptions otlp, string signal)
        {
            otlp.Protocol = options.OtlpProtocol == "http" ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            otlp.Endpoint = new Uri(options.OtlpProtocol == "http" ? $"{options.OtlpEndpoint!.TrimEnd('/')}/v1/{signal}" : options.OtlpEndpoint!);
        }
    }
}
