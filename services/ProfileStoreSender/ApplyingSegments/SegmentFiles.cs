using System.Text.Json;
using System.Text.Json.Nodes;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.ApplyingSegments;

/// <summary>
/// The files of a folder: for each segment <c>NAME.segment.json</c>, <c>NAME.filter-definition.json</c> and <c>NAME.kql</c>, and <c>parameters.json</c> with what is
/// used where nothing else is said.
/// </summary>
internal sealed class SegmentFiles
{
    private const string SegmentEnding = ".segment.json", Query = "query", SegmentId = "segmentId";

    /// <summary>The parameter that only the service knows: the id of the filter definition.</summary>
    public const string DefinitionId = "filterDefinitionId";

    // Root of every segment's id; never changes, or a segment would be there twice.
    private static readonly Guid Ids = new("5c0b7e7a-6d0e-5f8d-8a63-9b1f2d4c7e55");

    private SegmentFiles(IReadOnlyList<SegmentFile> segments, IReadOnlyDictionary<string, JsonValue> defaults) => (Segments, Defaults) = (segments, defaults);

    /// <summary>By name.</summary>
    public IReadOnlyList<SegmentFile> Segments { get; }

    /// <summary>The parameters of <c>parameters.json</c>.</summary>
    public IReadOnlyDictionary<string, JsonValue> Defaults { get; }

    /// <exception cref="SegmentsFailedException">A file is missing or is not what it should be.</exception>
    public static SegmentFiles Read(string folder)
    {
        var segments = new List<SegmentFile>();
        foreach (var path in Files(folder).Where(file => file.EndsWith(SegmentEnding, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path)[..^SegmentEnding.Length];
            segments.Add(new(name, Template(path), Template(Path.Combine(folder, $"{name}.filter-definition.json")), Text(Path.Combine(folder, $"{name}.kql"))));
        }
        return segments.Count == 0
            ? throw new SegmentsFailedException($"{folder} holds no file *{SegmentEnding}")
            : new(segments, Parameters(Path.Combine(folder, "parameters.json")));
    }

    /// <summary>The parameters of a file: texts, numbers, true and false by their names.</summary>
    /// <exception cref="SegmentsFailedException">It holds anything else.</exception>
    public static IReadOnlyDictionary<string, JsonValue> Parameters(string path) => SegmentJson.Object(Text(path), path).ToDictionary(
        one => one.Key,
        one => one.Value as JsonValue is { } value && value.GetValueKind() != JsonValueKind.Null ? value : throw new SegmentsFailedException($"{path}: '{one.Key}' is neither text, number, true nor false"));

    /// <summary>What is asked for, over what is configured, over the defaults; and what follows from the files themselves.</summary>
    /// <exception cref="SegmentsFailedException">A parameter is asked for that no file has a place for: a slip of the pen would change nothing.</exception>
    public IReadOnlyDictionary<string, JsonValue> ValuesFor(
        SegmentFile segment, IReadOnlyDictionary<string, JsonValue> configured, IReadOnlyDictionary<string, JsonValue> asked)
    {
        if (asked.Keys.FirstOrDefault(name => !Segments.Any(one => one.Places.Contains(name))) is { } unused)
            throw new SegmentsFailedException($"No file has a place for the parameter '{unused}'; there are {string.Join(", ", Segments.SelectMany(one => one.Places).Except([Query, DefinitionId]).Distinct().Order(StringComparer.Ordinal))}");
        var values = new Dictionary<string, JsonValue>(Defaults);
        foreach (var (name, value) in configured.Concat(asked))
            values[name] = value;
        values[Query] = JsonValue.Create(segment.Query);
        values.TryAdd(SegmentId, JsonValue.Create(NameBasedId.Create(Ids, $"{values.GetValueOrDefault("scope")}|{segment.Name}").ToString("D")));
        return values;
    }

    private static SegmentTemplate Template(string path) => new(Path.GetFileName(path), SegmentJson.Object(Text(path), path));

    private static string[] Files(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder) : throw new SegmentsFailedException($"There is no folder {folder}");

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SegmentsFailedException(exception.Message, exception);
        }
    }
}

/// <summary>A segment, the definition of its filter, and the definition's query.</summary>
/// <param name="Name">Of the files.</param>
/// <param name="Segment">Body of PUT Segments.</param>
/// <param name="Definition">Body of POST and PUT FilterDefinitions.</param>
/// <param name="Query">KQL with the service's own places, <c>{{days}}</c>.</param>
internal sealed record SegmentFile(string Name, SegmentTemplate Segment, SegmentTemplate Definition, string Query)
{
    /// <summary>Names of the parameters that either body has places for.</summary>
    public IReadOnlySet<string> Places => Segment.Places.Union(Definition.Places).ToHashSet();
}
