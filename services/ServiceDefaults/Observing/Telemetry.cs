using System.Diagnostics;
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
