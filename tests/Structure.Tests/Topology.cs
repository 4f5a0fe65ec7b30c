using System.Text.Json;

namespace Structure.Tests;

/// <summary>What deploy/topology.json declares.</summary>
internal static class Topology
{
    private static readonly JsonElement Root = JsonDocument.Parse(Repository.Read("deploy/topology.json")).RootElement;

    /// <summary>Queues of subscriptions and commands, optional ones included.</summary>
    public static IReadOnlySet<string> Queues { get; } = Root.GetProperty("topics").EnumerateArray().SelectMany(topic => topic.GetProperty("subscriptions").EnumerateArray())
        .Concat(Root.GetProperty("commands").EnumerateArray()).Select(declared => declared.GetProperty("queue").GetString()!).ToHashSet();

    /// <summary>Queues for others to write to, and the service that reads them, spelled as its image.</summary>
    public static IReadOnlyDictionary<string, string> Inbound { get; } = Root.GetProperty("inbound").EnumerateArray()
        .ToDictionary(declared => declared.GetProperty("queue").GetString()!, declared => Repository.Spelled(declared.GetProperty("service").GetString()!, '-'));

    /// <summary>Names of all properties, at any depth.</summary>
    public static IReadOnlySet<string> Properties { get; } = Names(Root).ToHashSet();

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Names(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };
}
