using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OrderIngest.DescribingRoutes;

/// <summary>
/// Texts and examples of one route, from the file <c>Examples/&lt;operation id&gt;.json</c>: <c>request</c> with examples by content type, <c>answers</c> by status with
/// <c>description</c>, <c>headers</c> and <c>examples</c>, <c>parameters</c> by name. A test posts the request examples and compares the answers with the file.
/// </summary>
internal sealed class RouteTexts
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip };

    private readonly JsonNode? _file;

    private RouteTexts(JsonNode? file) => _file = file;

    public string? RequestDescription => (string?)_file?["requestDescription"];

    public static RouteTexts Of(string? operationId)
    {
        using var stream = operationId is null ? null : typeof(RouteTexts).Assembly.GetManifestResourceStream($"examples/{operationId}.json");
        return new(stream is null ? null : JsonNode.Parse(stream, documentOptions: Reading));
    }

    public Dictionary<string, IOpenApiExample>? Request(string contentType) => Examples(_file?["request"]?[contentType]);

    public string? Parameter(string? name) => (string?)_file?["parameters"]?[name ?? ""]?["description"];

    public JsonNode? ParameterExample(string? name) => _file?["parameters"]?[name ?? ""]?["example"]?.DeepClone();

    public string? Answer(int status) => (string?)Of(status)?["description"];

    public Dictionary<string, IOpenApiExample>? Answers(int status) => Examples(Of(status)?["examples"]);

    public Dictionary<string, IOpenApiHeader>? Headers(int status) => Of(status)?["headers"]?.AsObject()
        .ToDictionary(header => header.Key, header => Header((string?)header.Value?["description"] ?? "", (string?)header.Value?["example"] ?? ""));

    public static IOpenApiHeader Header(string description, string example) =>
        new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(example) };

    private JsonNode? Of(int status) => _file?["answers"]?[status.ToString(CultureInfo.InvariantCulture)];

    private static Dictionary<string, IOpenApiExample>? Examples(JsonNode? examples) => examples?.AsObject().ToDictionary(
        example => example.Key,
        example => (IOpenApiExample)new OpenApiExample { Summary = (string?)example.Value?["summary"], Value = example.Value?["value"]?.DeepClone() });
}
