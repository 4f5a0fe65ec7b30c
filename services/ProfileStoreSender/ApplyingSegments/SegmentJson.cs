using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProfileStoreSender.ApplyingSegments;

/// <summary>How JSON of the service is read and written.</summary>
internal static class SegmentJson
{
    /// <summary>Documentation writes names in Pascal case and its samples mostly so: either is read.</summary>
    public static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>For people: indented, letters as letters.</summary>
    public static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads an object.</summary>
    /// <exception cref="SegmentsFailedException">It is no JSON object.</exception>
    public static JsonObject Object(string text, string from)
    {
        try
        {
            return JsonNode.Parse(text, AnyCase, new() { CommentHandling = JsonCommentHandling.Skip }) as JsonObject ?? throw new SegmentsFailedException($"{from} is no JSON object");
        }
        catch (JsonException exception)
        {
            throw new SegmentsFailedException($"{from} is no JSON: line {exception.LineNumber + 1}", exception);
        }
    }
}
