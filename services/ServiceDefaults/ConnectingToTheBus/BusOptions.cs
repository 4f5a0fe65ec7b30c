using System.ComponentModel.DataAnnotations;
using ServiceDefaults.ConnectingToAzureServiceBus;

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

    /// <summary>RabbitMQ's management API, such as <c>http://rabbitmq:15672</c>: only for looking at the broker's topology. User and password are those of <see cref="ConnectionString"/>.</summary>
    public Uri? ManagementAddress { get; init; }

    /// <summary>
    /// Largest message the broker takes, headers included, in bytes; 131,072 to 134,217,728. Default: what the transport has without further ado, 16,777,216
    /// on RabbitMQ (its <c>max_message_size</c> from version 4 on) and 262,144 on Azure Service Bus (Standard tier; Premium may be set higher).
    /// </summary>
    [Range(131_072, 134_217_728)]
    public int? MaxMessageBytes { get; init; }

    /// <summary>
    /// Largest body of an event that reaches every subscriber, in bytes: what follows from an event is larger by a customer, and headers may take 64 KB, which a
    /// message needs that goes to an error queue with its exception. In memory there is no limit.
    /// </summary>
    public int LargestEvent => (MaxMessageBytes ?? Transport switch
    {
        BusTransport.AzureServiceBus => 262_144,
        BusTransport.RabbitMq => 16_777_216,
        _ => int.MaxValue,
    }) - RoomBesideAnEvent;

    private const int RoomBesideAnEvent = 65_536;

    // A secret's file may be there and empty.
    internal bool IsAdministeredElsewhere => !string.IsNullOrWhiteSpace(AdministrationConnectionString);

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
        if (Transport == BusTransport.RabbitMq && string.IsNullOrWhiteSpace(ConnectionString))
            yield return new($"is missing: {Transport} needs it", [nameof(ConnectionString)]);
        if (Transport == BusTransport.RabbitMq && !string.IsNullOrWhiteSpace(ConnectionString)
            && !(Uri.TryCreate(ConnectionString, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps"))
            yield return new("is not of the form amqp://user:password@host:5672/vhost", [nameof(ConnectionString)]);
        if (ManagementAddress is not (null or { IsAbsoluteUri: true, Scheme: "http" or "https" }))
            yield return new("is not an http or https address", [nameof(ManagementAddress)]);
        foreach (var problem in Transport == BusTransport.AzureServiceBus ? AzureServiceBusProblems() : !IsAdministeredElsewhere ? [] :
            [new("is for Transport AzureServiceBus with the emulator only", [nameof(AdministrationConnectionString)])])
            yield return problem;
    }

    private IEnumerable<ValidationResult> AzureServiceBusProblems()
    {
        var address = AzureServiceBusAddress.Read(ConnectionString, out var problem);
        if (problem is not null)
            yield return new(problem, [nameof(ConnectionString)]);
        if (address is null)
            yield break;
        if (address.IsEmulator && !IsAdministeredElsewhere)
            yield return new("is missing: the emulator's administration listens on another port (5300) than its messages", [nameof(AdministrationConnectionString)]);
        if (!IsAdministeredElsewhere)
            yield break;
        if (AzureServiceBusAddress.Read(AdministrationConnectionString, out var wrong) is not { ConnectionString: not null } second)
            yield return new(wrong ?? "has no key", [nameof(AdministrationConnectionString)]);
        else if (!address.IsEmulator || !second.IsEmulator)
            yield return new("is for the emulator only: both connection strings must have UseDevelopmentEmulator=true", [nameof(AdministrationConnectionString)]);
    }
}
