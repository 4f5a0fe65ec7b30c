using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OrderIngest.DescribingRoutes;

/// <summary>
/// Texts and examples of one route, from the file <c>Examples/&lt;operation id&gt;.json</c>: <c>request</c> with examples by content type, or the name of the type that has them
/// (<c>requestOptional</c> where the body may be left out); <c>answers</c> by status with <c>description</c>, <c>headers</c> and <c>examples</c>, or <c>byType</c> where each
/// content type has its own; <c>parameters</c> by name, the others as in the file that <c>parametersLike</c> names; <c>unused</c>, parameters that are bound together with
/// others and mean nothing here. Tests send the request examples and compare the answers with the file.
/// </summary>
internal sealed class RouteTexts
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip };

    private readonly JsonNode? _file;
    private readonly RouteTexts? _like;

    private RouteTexts(JsonNode? file) => (_file, _like) = (file, file?["parametersLike"] is { } like ? Of((string?)like) : null);

    public string? RequestDescription => (string?)_file?["requestDescription"];

    public bool RequestIsOptional => (bool?)_file?["requestOptional"] ?? false;

    public static RouteTexts Of(string? operationId)
    {
        using var stream = operationId is null ? null : typeof(RouteTexts).Assembly.GetManifestResourceStream($"examples/{operationId}.json");
        return new(stream is null ? null : JsonNode.Parse(stream, documentOptions: Reading));
    }

    public IEnumerable<string> Unused => _file?["unused"]?.AsArray().Select(name => (string)name!) ?? [];

    public Dictionary<string, IOpenApiExample>? Request(string contentType) =>
        Examples(_file?["request"]?[contentType] is JsonValue same ? _file["request"]![(string)same!] : _file?["request"]?[contentType]);

    public string? Parameter(string? name) => (string?)OfParameter(name, "description");

    public JsonNode? ParameterExample(string? name) => OfParameter(name, "example")?.DeepClone();

    public IList<JsonNode>? ParameterWords(string? name) => OfParameter(name, "words")?.AsArray().Select(word => word!.DeepClone()).ToList();

    public string? Answer(int status) => (string?)Of(status)?["description"];

    public Dictionary<string, IOpenApiExample>? Answers(int status, string contentType) => Examples(Of(status)?["byType"]?[contentType] ?? Of(status)?["examples"]);

    public Dictionary<string, IOpenApiHeader>? Headers(int status) => Of(status)?["headers"]?.AsObject()
        .ToDictionary(header => header.Key, header => Header((string?)header.Value?["description"] ?? "", (string?)header.Value?["example"] ?? ""));

    public static IOpenApiHeader Header(string description, string example) =>
        new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(example) };

    private JsonNode? OfParameter(string? name, string member) => _file?["parameters"]?[name ?? ""]?[member] ?? _like?.OfParameter(name, member);

    private JsonNode? Of(int status) => _file?["answers"]?[status.ToString(CultureInfo.InvariantCulture)];

    private static Dictionary<string, IOpenApiExample>? Examples(JsonNode? examples) => examples?.AsObject().ToDictionary(
        example => example.Key,
        example => (IOpenApiExample)new OpenApiExample { Summary = (string?)example.Value?["summary"], Value = example.Value?["value"]?.DeepClone() });
}
