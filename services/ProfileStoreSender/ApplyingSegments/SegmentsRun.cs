using System.Text.Json.Nodes;

namespace ProfileStoreSender.ApplyingSegments;

/// <summary>Compares what the files say with what the service has, and puts it there where asked to.</summary>
/// <param name="api">Null shows the bodies and compares nothing.</param>
/// <param name="output">What a person or a script reads.</param>
internal sealed class SegmentsRun(SegmentsApi? api, TextWriter output)
{
    /// <summary>Prints both bodies and where the service has something else. True when nothing would be written.</summary>
    public async Task<bool> Show(SegmentFile file, IReadOnlyDictionary<string, JsonValue> values, CancellationToken cancellationToken)
    {
        var definition = file.Definition.Fill(values);
        var existing = api is null ? null : await api.FindDefinition(NameOf(definition), cancellationToken);
        var id = existing is null ? JsonValue.Create("(given by the service when it is created)") : SegmentsApi.IdOf(existing);
        var segment = file.Segment.Fill(With(values, id));
        var known = api is null ? null : await api.FindSegment(IdOf(segment), cancellationToken);
        return await Print($"filter definition '{NameOf(definition)}'", definition, existing) & await Print($"segment '{NameOf(segment)}'", segment, known);
    }

    /// <summary>
    /// Writes what is not there or is otherwise, and reads it back: a member that the service does not know would be dropped in silence.
    /// </summary>
    /// <exception cref="SegmentsFailedException">The service refuses it, or keeps something else.</exception>
    public async Task Apply(SegmentFile file, IReadOnlyDictionary<string, JsonValue> values, CancellationToken cancellationToken)
    {
        var definition = file.Definition.Fill(values);
        var id = await ApplyDefinition(NameOf(definition), definition, cancellationToken);
        var segment = file.Segment.Fill(With(values, id));
        var segmentId = IdOf(segment);
        await Apply($"segment '{NameOf(segment)}'", segment, () => api!.FindSegment(segmentId, cancellationToken), _ => api!.PutSegment(segmentId, segment, cancellationToken));
    }

    private async Task<JsonValue> ApplyDefinition(string name, JsonObject body, CancellationToken cancellationToken) => SegmentsApi.IdOf(await Apply(
        $"filter definition '{name}'", body, () => api!.FindDefinition(name, cancellationToken),
        existing => existing is null ? api!.CreateDefinition(body, cancellationToken) : api!.ReplaceDefinition(SegmentsApi.IdOf(existing).ToString(), body, cancellationToken)));

    private async Task<JsonObject> Apply(string what, JsonObject body, Func<Task<JsonObject?>> find, Func<JsonObject?, Task> write)
    {
        var existing = await find();
        if (existing is not null && SegmentDifferences.Between(body, existing) is [])
        {
            await output.WriteLineAsync($"{what}: unchanged");
            return existing;
        }
        await write(existing);
        var kept = await find() ?? throw new SegmentsFailedException($"{what}: the service accepted it and does not have it");
        if (SegmentDifferences.Between(body, kept) is { Count: > 0 } lost)
            throw new SegmentsFailedException($"{what}: the service accepted it and keeps something else in {string.Join(", ", lost)}; docs/segments.md says which names are a guess");
        await output.WriteLineAsync($"{what}: {(existing is null ? "created" : "replaced")}");
        return kept;
    }

    private async Task<bool> Print(string what, JsonObject body, JsonObject? existing)
    {
        var differences = existing is null ? [] : SegmentDifferences.Between(body, existing);
        await output.WriteLineAsync(
            api is null ? $"{what}: not compared"
            : existing is null ? $"{what}: is not there"
            : differences is [] ? $"{what}: is there as it should be"
            : $"{what}: differs in {string.Join(", ", differences)}");
        await output.WriteLineAsync(body.ToJsonString(SegmentJson.Readable));
        return api is null || existing is not null && differences is [];
    }

    private static Dictionary<string, JsonValue> With(IReadOnlyDictionary<string, JsonValue> values, JsonValue definitionId) => new(values) { [SegmentFiles.DefinitionId] = definitionId };

    private static string NameOf(JsonObject body) => body["Name"]?.ToString() ?? throw new SegmentsFailedException("A file lacks 'Name'");

    private static string IdOf(JsonObject segment) => segment["SegmentId"]?.ToString() ?? throw new SegmentsFailedException("A segment's file lacks 'SegmentId'");
}
