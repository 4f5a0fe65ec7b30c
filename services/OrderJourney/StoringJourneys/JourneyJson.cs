using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using OrderJourney.Journey;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.StoringJourneys;

/// <summary>The parts of a journey that are stored as JSON: the order exactly as it travels, the customer and what was stated about it, the destinations' answers.</summary>
internal static class JourneyJson
{
    public static string Of(Order order) => JsonSerializer.Serialize(order, PlainJson.Options);

    public static Order Order(string json) => JsonSerializer.Deserialize<Order>(json, PlainJson.Options)!;

    public static string? Of(Customer? customer) => customer is null ? null : JsonSerializer.Serialize(customer, PlainJson.Options);

    public static Customer? Customer(string? json) => json is null ? null : JsonSerializer.Deserialize<Customer>(json, PlainJson.Options);

    public static string? Of(Statements? statements) => statements is null ? null : JsonSerializer.Serialize(statements, PlainJson.Options);

    public static Statements? Statements(string? json) => json is null ? null : JsonSerializer.Deserialize<Statements>(json, PlainJson.Options);

    public static string? Of(SortedSet<string> keys) => keys.Count == 0 ? null : string.Join(' ', keys);

    public static SortedSet<string> Keys(string? text) => new(text?.Split(' ') ?? [], StringComparer.Ordinal);

    public static string Of(Dictionary<string, DestinationAnswer> destinations) =>
        destinations.Count == 0 ? "{}" : JsonSerializer.Serialize(destinations.ToDictionary(d => d.Key, d => d.Value.ToString()));

    public static Dictionary<string, DestinationAnswer> Destinations(string json) =>
        json == "{}" ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.ToDictionary(d => d.Key, d => Enum.Parse<DestinationAnswer>(d.Value));

    /// <summary>A reason that a later version wrote is unknown to this one, as it is in a message; null where there is none.</summary>
    public static T? Reason<T>(string? name)
        where T : struct, Enum =>
        name is null ? null : Enum.TryParse<T>(name, out var reason) && Enum.IsDefined(reason) ? reason : default(T);

    /// <summary>Entries of a timeline, one per line, each line with its end.</summary>
    public static string Lines(IEnumerable<TimelineEntry> entries) =>
        string.Concat(entries.Select(entry => JsonSerializer.Serialize(entry, PlainJson.Options) + "\n"));

    /// <summary>What <see cref="Lines"/> wrote, oldest first; entries of one instant in the order they were written.</summary>
    public static IReadOnlyList<TimelineEntry> Timeline(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<TimelineEntry>(line, PlainJson.Options)!).OrderBy(entry => entry.At)];
}
