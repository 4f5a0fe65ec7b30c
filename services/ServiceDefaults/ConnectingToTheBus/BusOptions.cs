using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>Section <c>Bus</c>.</summary>
public sealed class BusOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Bus";

    /// <summary>The transport. No default: a missing setting is better than a wrong one that works.</summary>
    public BusTransport Transport { get; init; }

    /// <summary>
    /// RabbitMQ: <c>amqp://user:password@host:5672/vhost</c>. Azure Service Bus: a connection string, or the namespace's host name for
    /// managed identity. Not used in memory.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>Only for the Service Bus emulator, whose administration listens on another port.</summary>
    public string? AdministrationConnectionString { get; init; }

    /// <summary>
    /// Messages a queue hands to one process at a time. Default 100, 1 to 1,000. RabbitMQ's client keeps 128 unwritten commands per connection: with more
    /// messages than that in hand, a connection that breaks is noticed by its heartbeats only, after 40 s.
    /// </summary>
    [Range(1, 1000)]
    public ushort Prefetch { get; init; } = 100;

    /// <summary>How often the declared topology is checked and, where something is missing, put back. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RedeclareEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Transport == BusTransport.Unset)
            yield return new("is missing: set InMemory, RabbitMq or AzureServiceBus", [nameof(Transport)]);
        if (Transport is BusTransport.RabbitMq or BusTransport.AzureServiceBus && string.IsNullOrWhiteSpace(ConnectionString))
            yield return new($"is missing: {Transport} needs it", [nameof(ConnectionString)]);
        if (Transport == BusTransport.RabbitMq && !string.IsNullOrWhiteSpace(ConnectionString)
            && !(Uri.TryCreate(ConnectionString, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps"))
            yield return new("is not of the form amqp://user:password@host:5672/vhost", [nameof(ConnectionString)]);
    }
}
