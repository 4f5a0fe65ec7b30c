using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReceivingOrders;

/// <summary>What a batch holds: the content type tells the family, the source or <c>?format=</c> which of it.</summary>
internal static class BatchFormats
{
    private static readonly string[] Json = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/json"];
    private static readonly string[] Xml = ["application/xml", "text/xml"];
    private static readonly string[] Rows = ["text/csv"];

    private static readonly InputFormat[] JsonFormats = [InputFormat.Json, InputFormat.Shopify, InputFormat.Square, InputFormat.Lightspeed];

    /// <summary>Names a caller may put into <c>?format=</c>.</summary>
    public static IEnumerable<string> Names => Enum.GetNames<InputFormat>().Select(name => name.ToLowerInvariant());

    /// <summary>The named format; null for a name there is not.</summary>
    public static InputFormat? Named(string name) =>
        Names.Contains(name.ToLowerInvariant()) ? Enum.Parse<InputFormat>(name, ignoreCase: true) : null;

    /// <summary>The format of a body, or null when its content type is not one of the format's.</summary>
    /// <param name="request">Its content type is looked at.</param>
    /// <param name="named">What the caller asks for, or null.</param>
    /// <param name="source">Whose body it is, or null when only the body says so.</param>
    public static InputFormat? Of(HttpRequest request, InputFormat? named, Source? source)
    {
        var (types, usual) = request.HasContentType(Json) ? (Json, InputFormat.Json) : request.HasContentType(Xml) ? (Xml, InputFormat.PosLog) : request.HasContentType(Rows) ? (Rows, InputFormat.Csv) : ([], default);
        if (types.Length == 0 || named is { } asked && TypesOf(asked) != types)
            return null;
        return named ?? (source is not null && TypesOf(source.Format) == types ? source.Format : usual);
    }

    /// <summary>What to send a format as, in words.</summary>
    public static string RightFor(InputFormat? named) => named switch
    {
        null => "orders as application/x-ndjson or application/json (one JSON document after the other, one per line), as text/csv or as application/xml",
        { } format => $"{format.ToString().ToLowerInvariant()} as {TypesOf(format)[0]}",
    };

    /// <summary>The query's <c>format</c>, for the OpenAPI document.</summary>
    public static OpenApiParameter Parameter() => new()
    {
        Name = "format",
        In = ParameterLocation.Query,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Names.Select(name => (JsonNode)JsonValue.Create(name)!)] },
    };

    /// <summary>The bodies, for the OpenAPI document.</summary>
    public static OpenApiRequestBody Described() => new()
    {
        Required = true,
        Content = Json.Concat(Rows).Concat(Xml).ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }),
    };

    private static string[] TypesOf(InputFormat format) => JsonFormats.Contains(format) ? Json : format == InputFormat.PosLog ? Xml : Rows;
}
