using System.Text.Json;

namespace RunningSystem;

/// <summary>The source's inbox, seen from outside: the ERP that writes files into it, and the operator who looks what became of them.</summary>
public sealed class ErpInbox : IDisposable
{
    /// <summary>Where OrderIngest puts files away.</summary>
    public const string Done = "done", Failed = "failed";

    private const string Report = ".report.json";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("erp-inbox-");

    /// <summary>For configuration key <c>OrderIngest:Sources:&lt;source&gt;:Inbox</c>.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Names of the files that are not read to their end. Nothing is missed when a file moves meanwhile; it may be listed twice.</summary>
    public IReadOnlyList<string> Waiting => [.. Names(""), .. Names("working")];

    /// <summary>Lays a file in as a careful writer does: under a name that is ignored, and renamed. From then on it is OrderIngest's.</summary>
    public async Task Deliver(string name, string content, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(Folder, $"{name}.part");
        await File.WriteAllTextAsync(unfinished, content, cancellationToken);
        File.Move(unfinished, Path.Combine(Folder, name));
    }

    /// <summary>Names of the files that were put away below <see cref="Done"/> or <see cref="Failed"/>.</summary>
    public IReadOnlyList<string> PutAway(string under) => Names(under);

    /// <summary>What the report says beside a file that was put away, or null when it is not written yet.</summary>
    public JsonElement? ReportOf(string under, string name)
    {
        var path = Path.Combine(Folder, under, name + Report);
        return File.Exists(path) ? JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(path)) : null;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Neither what is still being written nor what OrderIngest writes itself.
    private IReadOnlyList<string> Names(string under) => new DirectoryInfo(Path.Combine(Folder, under)) is { Exists: true } folder
        ? [.. folder.GetFiles().Select(file => file.Name)
            .Where(name => name[0] != '.' && !name.EndsWith(".part", StringComparison.Ordinal) && !name.EndsWith(".tmp", StringComparison.Ordinal) && !name.EndsWith(Report, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)]
        : [];
}
