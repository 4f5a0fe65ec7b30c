using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ProfileStoreSender.ApplyingSegments;

/// <summary>The parts of the Profile Store API, version 2, that hold filter definitions and segments.</summary>
/// <param name="http">With address and key; follows no redirect, which would carry the key to another host.</param>
internal sealed class SegmentsApi(HttpClient http)
{
    private const string Definitions = "api/v2.0/FilterDefinitions", Segments = "api/v2.0/Segments";
    private const int Page = 100, KeptAnswer = 500;

    // $skip + $top has to stay below 10,000, as documented.
    private const int Furthest = 9_800;

    /// <summary>The definition with this name that can be changed, or null.</summary>
    /// <exception cref="SegmentsFailedException">The name is that of a built-in one, or there are several.</exception>
    public async Task<JsonObject?> FindDefinition(string name, CancellationToken cancellationToken)
    {
        var found = new List<JsonObject>();
        for (var skip = 0; ; skip += Page)
        {
            if (skip > Furthest)
                throw new SegmentsFailedException($"There are more filter definitions than can be listed ({Furthest}): whether '{name}' is among them is not known");
            var list = await Ask(HttpMethod.Get, $"{Definitions}?$skip={skip}&$top={Page}", null, cancellationToken);
            var items = list?["items"] as JsonArray ?? throw new SegmentsFailedException($"GET {Definitions} answered without a list of items");
            found.AddRange(items.OfType<JsonObject>().Where(one => one["Name"]?.ToString() == name));
            if (items.Count < Page)
                break;
        }
        if (found.Any(one => one["Shared"] is JsonValue shared && shared.TryGetValue<bool>(out var isShared) && isShared))
            throw new SegmentsFailedException($"'{name}' is the name of a filter definition of the vendor's, which cannot be changed: take another");
        return found.Count > 1 ? throw new SegmentsFailedException($"There are {found.Count} filter definitions named '{name}': delete all but one, or take another name") : found.SingleOrDefault();
    }

    /// <summary>The definition's id as the service names it.</summary>
    public static JsonValue IdOf(JsonObject definition) => (definition["FilterDefinitionId"] ?? definition["Id"]) as JsonValue
        ?? throw new SegmentsFailedException("The service lists a filter definition without its id (FilterDefinitionId)");

    public Task CreateDefinition(JsonObject body, CancellationToken cancellationToken) => Ask(HttpMethod.Post, Definitions, body, cancellationToken);

    public Task ReplaceDefinition(string id, JsonObject body, CancellationToken cancellationToken) =>
        Ask(HttpMethod.Put, $"{Definitions}/{Uri.EscapeDataString(id)}", body, cancellationToken);

    public Task<JsonObject?> FindSegment(string id, CancellationToken cancellationToken) => Ask(HttpMethod.Get, $"{Segments}/{Uri.EscapeDataString(id)}", null, cancellationToken);

    public Task PutSegment(string id, JsonObject body, CancellationToken cancellationToken) => Ask(HttpMethod.Put, $"{Segments}/{Uri.EscapeDataString(id)}", body, cancellationToken);

    /// <summary>The answer's object; null where a GET finds nothing, or the answer is empty.</summary>
    private async Task<JsonObject?> Ask(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound && method == HttpMethod.Get)
                return null;
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
                return string.IsNullOrWhiteSpace(text) ? null : SegmentJson.Object(text, $"The answer to {method} {path}");
            throw new SegmentsFailedException($"{method} {path} was answered {(int)response.StatusCode}{Advice(response.StatusCode)}: {text[..Math.Min(text.Length, KeptAnswer)]}");
        }
        catch (HttpRequestException exception)
        {
            throw new SegmentsFailedException($"{method} {path} got no answer ({exception.HttpRequestError})", exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SegmentsFailedException($"{method} {path} got no answer within {http.Timeout.TotalSeconds:0} s", exception);
        }
    }

    private static string Advice(HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        ? " (check ProfileStore:QueryKey, which is not the tracking key, and ProfileStore:AuthenticationScheme)" : "";
}
