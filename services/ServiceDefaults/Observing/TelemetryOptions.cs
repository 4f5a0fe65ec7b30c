using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Observing;

/// <summary>Section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telemetry";

    /// <summary>Where traces and metrics go over OTLP, for example <c>http://collector:4317</c>. Empty = off.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary><c>grpc</c> (default, usually port 4317) or <c>http</c> (<c>/v1/traces</c> and <c>/v1/metrics</c> are added; usually port 4318).</summary>
    public string OtlpProtocol { get; init; } = "grpc";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(OtlpEndpoint) && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return new("is not an http or https address", [nameof(OtlpEndpoint)]);
        if (OtlpProtocol is not ("grpc" or "http"))
            yield return new("is neither grpc nor http", [nameof(OtlpProtocol)]);
    }
}
