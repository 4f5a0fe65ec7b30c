using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace OrderIngest.Tests.DescribingRoutes;

/// <summary>The OpenAPI document as a test walks it. Made by the service under test, whether or not it serves it.</summary>
internal sealed class DescribedRoutes
{
    private static DescribedRoutes? _known;

    private DescribedRoutes(JsonNode document) => Document = document;

    public JsonNode Document { get; }

    public IEnumerable<DescribedRoute> All => Document["paths"]!.AsObject().SelectMany(
        path => path.Value!.AsObject(), (path, operation) => new DescribedRoute(path.Key, operation.Key.ToUpperInvariant(), operation.Value!));

    /// <summary>The same for every host of the process: it says nothing about its configuration.</summary>
    public static async Task<DescribedRoutes> Of(IServiceProvider services)
    {
        if (_known is { } known)
            return known;
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        return _known = new(JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!);
    }

    /// <summary>The route that answers, literal ones first; null for what the document does not speak of.</summary>
    public DescribedRoute? Answering(HttpMethod method, string path) => All.Where(route => route.Method == method.Method && route.Answers(path)).MinBy(route => route.Path.Count(c => c == '{'));
}

/// <summary>One operation of the document.</summary>
internal sealed partial record DescribedRoute(string Path, string Method, JsonNode Operation)
{
    public string Id => (string?)Operation["operationId"] ?? $"{Method} {Path}";

    public JsonObject Responses => Operation["responses"]!.AsObject();

    public IEnumerable<JsonNode> Parameters => Operation["parameters"]?.AsArray().OfType<JsonNode>() ?? [];

    /// <summary>Examples of the body by content type.</summary>
    public IEnumerable<(string Type, string Name, JsonNode Value)> Requests => Operation["requestBody"]?["content"]?.AsObject().SelectMany(
        content => content.Value!["examples"]?.AsObject().ToArray() ?? [], (content, example) => (content.Key, example.Key, example.Value!["value"]!)) ?? [];

    public bool Answers(string path) => Regex.IsMatch(path, $"^{Placeholder().Replace(Path, "[^/]+")}$");

    /// <summary>Examples of the answers with a status.</summary>
    public IReadOnlyList<JsonNode?> Examples(string status) =>
        [.. Responses[status]?["content"]?.AsObject().SelectMany(content => content.Value!["examples"]?.AsObject().ToArray() ?? [], (_, example) => example.Value!["value"]) ?? []];

    /// <summary>The path with its parameters' examples, and those of the query that are needed.</summary>
    public string Example() => Parameters.Where(parameter => (string?)parameter["in"] == "path").Aggregate(
        Path, (path, parameter) => path.Replace($"{{{(string)parameter["name"]!}}}", $"{parameter["example"]}", StringComparison.Ordinal));

    [GeneratedRegex(@"\{[^/}]+\}")]
    private static partial Regex Placeholder();
}
