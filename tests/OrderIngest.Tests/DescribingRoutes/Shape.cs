using System.Globalization;
using System.Text.Json.Nodes;

namespace OrderIngest.Tests.DescribingRoutes;

/// <summary>Names of members, whatever their values: two bodies of the same shape can be read by the same program.</summary>
internal static class Shape
{
    // Added to problems where the request is traced.
    private const string OfTracing = "traceId";

    public static IReadOnlyList<string> Of(JsonNode? node) => [.. Members(node, "$").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Fails when no example of this status has the answer's shape.</summary>
    public static void IsShown(DescribedRoute route, HttpResponseMessage response, string body)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var answered = Of(JsonNode.Parse(body));
        var shown = route.Examples(status).Select(Of).ToList();
        Assert.True(shown.Any(shape => shape.SequenceEqual(answered)),
            $"{route.Id} answered {status} with {string.Join(' ', answered)}; shown are {string.Join(" | ", shown.Select(shape => string.Join(' ', shape)))}");
    }

    private static IEnumerable<string> Members(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.Where(member => member.Key != OfTracing).SelectMany(member => Members(member.Value, $"{path}.{member.Key}")).Prepend(path),
        // Null where a list or an object may be, and an empty list, are of every shape.
        JsonArray items => items.SelectMany(item => Members(item, $"{path}[]")).Prepend(path),
        _ => [path],
    };
}
