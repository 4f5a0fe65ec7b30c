using System.Text.Json;
using System.Xml;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>
/// The topics, queues and subscriptions of the whole system as <c>deploy/topology.json</c> declares them. That file is the only copy:
/// the bus takes its names from here, and so do broker set-up and tests.
/// </summary>
public sealed class DeclaredTopology
{
    private readonly Dictionary<string, DeclaredTopic> _topicsByMessage;
    private readonly HashSet<string> _guarded;

    private DeclaredTopology(Document document)
    {
        Topics = document.Topics;
        Commands = document.Commands;
        Inbound = document.Inbound;
        _topicsByMessage = Topics.ToDictionary(topic => topic.Message);
        _guarded = [.. Topics.Where(topic => topic.Subscriptions.Any(s => s.Required)).Select(topic => topic.Name)];
    }

    /// <summary>The topology this build was made with.</summary>
    public static DeclaredTopology Current { get; } = Read();

    /// <summary>Every topic, with its subscriptions.</summary>
    public IReadOnlyList<DeclaredTopic> Topics { get; }

    /// <summary>Every command, with a queue it goes to; one line per queue.</summary>
    public IReadOnlyList<DeclaredCommand> Commands { get; }

    /// <summary>Every queue that programs which are not ours write to.</summary>
    public IReadOnlyList<DeclaredInbound> Inbound { get; }

    /// <summary>Queues that must exist before anything is published or written: a message without them would be lost.</summary>
    public IEnumerable<string> RequiredQueues =>
        Topics.SelectMany(topic => topic.Subscriptions).Where(s => s.Required).Select(s => s.Queue)
            .Concat(Commands.Where(command => command.Required).Select(command => command.Queue)).Concat(Inbound.Select(inbound => inbound.Queue)).Distinct();

    /// <summary>Every queue that is declared, required or not.</summary>
    public IEnumerable<string> Queues =>
        Topics.SelectMany(topic => topic.Subscriptions).Select(s => s.Queue)
            .Concat(Commands.Select(command => command.Queue)).Concat(Inbound.Select(inbound => inbound.Queue)).Distinct();

    /// <summary>The topic of a message type, or null for a type that is not declared (faults, private messages).</summary>
    public string? TopicOf(Type message) => message.FullName is { } name && _topicsByMessage.TryGetValue(name, out var topic) ? topic.Name : null;

    /// <summary>The type of a topic's events. The messages' assembly knows nothing of this one, and every service has it.</summary>
    public static Type TypeOf(DeclaredTopic topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return Type.GetType($"{topic.Message}, Contracts", throwOnError: true)!;
    }

    /// <summary>True when an event on this topic must reach at least one queue.</summary>
    public bool MustReachAQueue(string topic) => _guarded.Contains(topic);

    private static DeclaredTopology Read()
    {
        using var json = typeof(DeclaredTopology).Assembly.GetManifestResourceStream("topology.json")
            ?? throw new InvalidOperationException("deploy/topology.json is not embedded in this build");
        return new(JsonSerializer.Deserialize<Document>(json, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException("deploy/topology.json is empty"));
    }

    private sealed record Document(IReadOnlyList<DeclaredTopic> Topics, IReadOnlyList<DeclaredCommand> Commands, IReadOnlyList<DeclaredInbound> Inbound);
}

/// <summary>A topic: one event type, any number of subscribing queues.</summary>
/// <param name="Name">The topic's name on the broker.</param>
/// <param name="Message">Full name of the event's type.</param>
/// <param name="Subscriptions">Who gets a copy.</param>
/// <param name="DuplicateDetectionWindow">
/// ISO 8601 duration for which a broker that can (Azure Service Bus) drops a second event with the same message id; null = it drops none.
/// </param>
public sealed record DeclaredTopic(string Name, string Message, IReadOnlyList<DeclaredSubscription> Subscriptions, string? DuplicateDetectionWindow = null)
{
    /// <summary><see cref="DuplicateDetectionWindow"/> as a duration.</summary>
    public TimeSpan? DetectsDuplicatesFor => DuplicateDetectionWindow is { } window ? XmlConvert.ToTimeSpan(window) : null;
}

/// <summary>A queue that gets a copy of every event of a topic.</summary>
/// <param name="Queue">The subscriber's queue.</param>
/// <param name="Required">True when the law of conservation depends on it; such queues are made by whoever publishes.</param>
public sealed record DeclaredSubscription(string Queue, bool Required);

/// <summary>A command and the queue that handles it.</summary>
/// <param name="Message">Full name of the command's type.</param>
/// <param name="Queue">The handler's queue.</param>
/// <param name="Required">False where the handler is not part of every installation; its queue is made when it first starts.</param>
public sealed record DeclaredCommand(string Message, string Queue, bool Required = true);

/// <summary>A queue for whoever writes to it without MassTransit.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Service">The service that reads it.</param>
/// <param name="Message">What the service calls a message of it.</param>
public sealed record DeclaredInbound(string Queue, string Service, string Message);
