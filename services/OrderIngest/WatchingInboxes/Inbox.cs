using System.Security.Cryptography;
using OrderIngest.GuardingSources;

namespace OrderIngest.WatchingInboxes;

/// <summary>
/// The folder a source puts its files into. A file moves from there to <c>working/</c>, by a rename that only one instance can do, and on to <c>done/</c> or
/// <c>failed/</c>. Links are not followed: neither files that are links nor folders of ours that are.
/// </summary>
internal sealed class Inbox(Source source, string folder)
{
    private bool _triedToWrite;

    public Source Source => source;

    /// <summary>The setting it comes from.</summary>
    public string Key => $"{OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Sources)}:{source.Name}:{nameof(SourceOptions.Inbox)}";

    /// <summary>Links that lie there and are left alone.</summary>
    public int Links { get; private set; }

    /// <summary>Makes the folders of ours; not the inbox itself, which a mount or an operator makes.</summary>
    /// <exception cref="InboxFolderException">Something is wrong with the folder; the text says what.</exception>
    public void Prepare()
    {
        if (!Directory.Exists(folder))
            throw new InboxFolderException("the folder does not exist");
        foreach (var name in new[] { InboxNames.Working, InboxNames.Done, InboxNames.Failed })
        {
            if (Directory.CreateDirectory(PathOf(name)).LinkTarget is not null)
                throw new InboxFolderException($"the folder {name} below it is a link; links are not followed");
        }
        if (_triedToWrite)
            return;
        // Known before the first file comes. The name is one that everybody ignores.
        var probe = PathOf(InboxNames.Working, $".{Guid.NewGuid():N}.tmp");
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
        _triedToWrite = true;
    }

    /// <summary>Files that may be orders, and the names that files will have once their writers rename them.</summary>
    public (IReadOnlyList<SeenFile> Files, IReadOnlyList<string> Unfinished) Look()
    {
        var all = new DirectoryInfo(folder).GetFiles();
        var markers = all.ToDictionary(file => file.Name, file => file.LastWriteTimeUtc, StringComparer.Ordinal);
        Links = all.Count(file => file.LinkTarget is not null);
        // A marker that is older than the file was there for an earlier one.
        return (
            [.. all.Where(file => file.LinkTarget is null && !InboxNames.IsIgnored(file.Name)).OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => new SeenFile(file.Name, StampOf(file), InboxNames.MarkersOf(file.Name).Any(name => markers.TryGetValue(name, out var made) && made >= file.LastWriteTimeUtc)))],
            [.. all.Select(file => InboxNames.WhenFinished(file.Name)).OfType<string>()]);
    }

    /// <summary>Files that an instance took and has not put away.</summary>
    public IReadOnlyList<SeenFile> Working() =>
        [.. new DirectoryInfo(PathOf(InboxNames.Working)).GetFiles().Where(file => file.LinkTarget is null && !InboxNames.IsIgnored(file.Name))
            .OrderBy(file => file.LastWriteTimeUtc).Select(file => new SeenFile(file.Name, StampOf(file), false))];

    /// <summary>Takes a file; answers its name below <c>working/</c>, or null when it is gone (another instance was faster, or it was renamed) or still locked by its writer.</summary>
    public string? Take(string name)
    {
        try
        {
            // A writer that locks its file has not finished it.
            using (new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read)) { }
        }
        catch (IOException)
        {
            return null;
        }
        // Before the file itself: a marker that stayed behind would be taken for the next file's.
        foreach (var marker in InboxNames.MarkersOf(name))
            File.Delete(PathOf(marker));
        var taken = InboxNames.ForWorking(name);
        try
        {
            // With "overwrite" it is one rename, which happens once; the name is a new one, so there is nothing to overwrite.
            File.Move(PathOf(name), PathOf(InboxNames.Working, taken), overwrite: true);
            return taken;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>How the file is now, or null when it is gone.</summary>
    public FileStamp? StampOf(string workingFile) => new FileInfo(PathOf(InboxNames.Working, workingFile)) is { Exists: true, LinkTarget: null } file ? StampOf(file) : null;

    /// <summary>SHA-256 of the file.</summary>
    public async Task<byte[]> Hash(string workingFile, CancellationToken cancellationToken)
    {
        await using var stream = Open(workingFile);
        return await SHA256.HashDataAsync(stream, cancellationToken);
    }

    public FileStream Open(string workingFile) => new(
        PathOf(InboxNames.Working, workingFile), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous);

    /// <summary>True when a file lies there.</summary>
    public bool IsTaken(string place) => File.Exists(PathOf(place));

    /// <summary>A path from the inbox for a file that is put away: its own name, with the time where that is taken.</summary>
    public string PlaceFor(string name, string under, DateTimeOffset now)
    {
        var candidates = Enumerable.Range(1, int.MaxValue).Select(n => InboxNames.With(name, n == 1 ? $"{now:yyyyMMdd'T'HHmmss'Z'}" : $"{now:yyyyMMdd'T'HHmmss'Z'}-{n}")).Prepend(name);
        return $"{under}/{candidates.First(candidate => !File.Exists(PathOf(under, candidate)) && !File.Exists(PathOf(under, candidate + InboxNames.Report)))}";
    }

    /// <summary>Puts the file where it belongs; false when a file of that name came there meanwhile.</summary>
    public bool PutAway(string workingFile, string place)
    {
        try
        {
            File.Move(PathOf(InboxNames.Working, workingFile), PathOf(place));
            return true;
        }
        catch (IOException) when (File.Exists(PathOf(place)))
        {
            return false;
        }
    }

    /// <summary>Writes the report beside a file that was put away, at once or not at all.</summary>
    public async Task WriteReport(string place, ReadOnlyMemory<byte> report, CancellationToken cancellationToken)
    {
        var path = PathOf(place + InboxNames.Report);
        var unfinished = $"{path}.tmp";
        await File.WriteAllBytesAsync(unfinished, report, cancellationToken);
        File.Move(unfinished, path, overwrite: true);
    }

    private static FileStamp StampOf(FileInfo file) => new(file.Length, file.LastWriteTimeUtc);

    private string PathOf(params string[] parts) => Path.Combine([folder, .. parts]);
}

/// <summary>Something is wrong with a folder. The text is for the operator.</summary>
internal sealed class InboxFolderException : IOException
{
    public InboxFolderException() { }

    public InboxFolderException(string message) : base(message) { }

    public InboxFolderException(string message, Exception innerException) : base(message, innerException) { }
}
