using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProfileStoreSender.ApplyingSegments;

/// <summary>
/// Where what is there is not what is sent. Only what is sent is looked at: the service adds members of its own. Lists of things with names are compared by name, as
/// the order they come back in is not documented; neither is whether a number comes back as a text.
/// </summary>
internal static class SegmentDifferences
{
    /// <summary>Paths such as <c>Parameters[days].Type</c>; none when everything is there.</summary>
    public static IReadOnlyList<string> Between(JsonObject sent, JsonObject there) => [.. Between(sent, there, "")];

    private static IEnumerable<string> Between(JsonNode? sent, JsonNode? there, string path) => (sent, there) switch
    {
        (JsonObject wanted, JsonObject found) => wanted.SelectMany(one => Between(one.Value, found[one.Key], path.Length == 0 ? one.Key : $"{path}.{one.Key}")),
        (JsonArray wanted, JsonArray found) when wanted.Count != found.Count => [path],
        (JsonArray wanted, JsonArray found) => wanted.SelectMany((one, i) => NameOf(one) is { } name
            ? Between(one, found.FirstOrDefault(other => NameOf(other) == name), $"{path}[{name}]")
            : Between(one, found[i], $"{path}[{i}]")),
        (JsonValue wanted, JsonValue found) => Same(wanted, found) ? [] : [path],
        (null, null) => [],
        _ => [path],
    };

    private static bool Same(JsonValue wanted, JsonValue found)
    {
        var (one, other) = (Words(wanted), Words(found));
        if (string.Equals(one, other, StringComparison.Ordinal))
            return true;
        return wanted.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => string.Equals(one, other, StringComparison.OrdinalIgnoreCase),
            JsonValueKind.Number => decimal.TryParse(one, CultureInfo.InvariantCulture, out var left) && decimal.TryParse(other, CultureInfo.InvariantCulture, out var right) && left == right,
            _ => false,
        };
    }

    private static string Words(JsonValue value) => value.ToString().ReplaceLineEndings("\n").TrimEnd();

    private static string? NameOf(JsonNode? node) => node is JsonObject { } all && all["Name"] is JsonValue name ? name.ToString() : null;
}
