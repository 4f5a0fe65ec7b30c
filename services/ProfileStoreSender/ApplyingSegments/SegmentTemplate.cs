using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProfileStoreSender.ApplyingSegments;

/// <summary>
/// JSON with places for parameters: <c>"${days}"</c> as a whole text becomes the parameter with its type, within a text its words. What the service itself fills,
/// <c>{{days}}</c>, is left alone.
/// </summary>
/// <param name="Name">What the file is called, for messages.</param>
/// <param name="Json">Its content.</param>
internal sealed partial record SegmentTemplate(string Name, JsonObject Json)
{
    /// <summary>Names of the parameters it has places for.</summary>
    public IReadOnlySet<string> Places => Place().Matches(Json.ToJsonString()).Select(match => match.Groups[1].Value).ToHashSet();

    /// <summary>A copy with every place filled.</summary>
    /// <exception cref="SegmentsFailedException">A parameter has no value.</exception>
    public JsonObject Fill(IReadOnlyDictionary<string, JsonValue> parameters) => (JsonObject)Fill(Json, parameters)!;

    private JsonNode? Fill(JsonNode? node, IReadOnlyDictionary<string, JsonValue> parameters) => node switch
    {
        JsonObject all => new JsonObject(all.Select(one => KeyValuePair.Create(one.Key, Fill(one.Value, parameters))), SegmentJson.AnyCase),
        JsonArray list => new JsonArray([.. list.Select(one => Fill(one, parameters))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Fill(text, parameters),
        _ => node?.DeepClone(),
    };

    private JsonNode Fill(string text, IReadOnlyDictionary<string, JsonValue> parameters) =>
        Place().Match(text) is { Success: true } only && only.Length == text.Length
            ? Value(only, parameters).DeepClone()
            : JsonValue.Create(Place().Replace(text, place => Value(place, parameters).ToString()));

    private JsonValue Value(Match place, IReadOnlyDictionary<string, JsonValue> parameters) =>
        parameters.TryGetValue(place.Groups[1].Value, out var value) ? value : throw new SegmentsFailedException($"{Name}: the parameter '{place.Groups[1].Value}' has no value");

    [GeneratedRegex(@"\$\{([A-Za-z]+)\}")]
    private static partial Regex Place();
}
