namespace OrderIngest.WatchingInboxes;

/// <summary>What the names in an inbox mean.</summary>
internal static class InboxNames
{
    public const string Working = "working", Done = "done", Failed = "failed";

    /// <summary>Of the report beside a file that was put away.</summary>
    public const string Report = ".report.json";

    // Of the random part that tells files of one name apart below working/.
    private const int TagLength = 12;

    private static readonly string[] Unfinished = [".tmp", ".part", ".filepart"];
    private static readonly string[] Markers = [".done", ".ready"];

    /// <summary>True for a file that is nobody's orders, or not yet.</summary>
    public static bool IsIgnored(string name) => name.StartsWith('.') || EndsWithAny(name, Unfinished) || EndsWithAny(name, Markers) || EndsWith(name, Report);

    /// <summary>The name a file that is being written will have, or null when the name is not that of such a file.</summary>
    public static string? WhenFinished(string name)
    {
        var ending = Unfinished.FirstOrDefault(ending => EndsWith(name, ending));
        return ending is not null ? name[..^ending.Length].TrimStart('.') : name.StartsWith('.') && name.Length > 1 ? name[1..] : null;
    }

    /// <summary>Names of the markers of a file.</summary>
    public static IEnumerable<string> MarkersOf(string name) => Markers.Select(ending => name + ending);

    /// <summary>A name below <c>working/</c> that no other file has.</summary>
    public static string ForWorking(string name) => $"{Guid.NewGuid().ToString("N")[..TagLength]}.{name}";

    /// <summary>The name a file below <c>working/</c> came under; a file that somebody put there himself has its own.</summary>
    public static string Original(string workingFile) =>
        workingFile.Length > TagLength + 1 && workingFile[TagLength] == '.' && workingFile[..TagLength].All(char.IsAsciiHexDigitLower) ? workingFile[(TagLength + 1)..] : workingFile;

    /// <summary>The name with something put in before its endings: <c>a.csv.gz</c> becomes <c>a.20261122T101500Z.csv.gz</c>.</summary>
    public static string With(string name, string addition)
    {
        var dot = name.IndexOf('.', 1);
        return dot < 0 ? $"{name}.{addition}" : $"{name[..dot]}.{addition}{name[dot..]}";
    }

    public static bool IsGzip(string name) => EndsWith(name, ".gz");

    private static bool EndsWithAny(string name, string[] endings) => Array.Exists(endings, ending => EndsWith(name, ending));

    private static bool EndsWith(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
