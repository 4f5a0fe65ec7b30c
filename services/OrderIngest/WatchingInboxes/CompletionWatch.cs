namespace OrderIngest.WatchingInboxes;

/// <summary>
/// Decides when a file is complete. Nothing says so by itself: network shares report no changes reliably, and a writer may pause. A file counts as complete when its
/// size and time of change have not moved for the quiet time, by our own clock; or at once when its marker is there, or when it was renamed into place.
/// </summary>
internal sealed class CompletionWatch(TimeSpan quiet, TimeProvider time)
{
    private Dictionary<string, (FileStamp Stamp, long Since)> _seen = [];
    private HashSet<string> _unfinished = [];

    /// <summary>Those of the files that are complete, in the order they came.</summary>
    /// <param name="files">Every file there is now.</param>
    /// <param name="unfinished">Names files will have once their writers rename them.</param>
    public IReadOnlyList<string> Complete(IReadOnlyCollection<SeenFile> files, IReadOnlyCollection<string> unfinished)
    {
        var now = time.GetTimestamp();
        var seen = new Dictionary<string, (FileStamp Stamp, long Since)>(files.Count);
        var complete = new List<string>();
        foreach (var file in files)
        {
            var known = _seen.TryGetValue(file.Name, out var before) && before.Stamp == file.Stamp;
            seen[file.Name] = known ? before : (file.Stamp, now);
            var renamed = _unfinished.Contains(file.Name) && !unfinished.Contains(file.Name);
            if (file.HasMarker || renamed || known && time.GetElapsedTime(before.Since, now) >= quiet)
                complete.Add(file.Name);
        }
        // A name stays known as renamed for as long as its file is there: taking it may fail the first time.
        (_seen, _unfinished) = (seen, [.. unfinished, .. _unfinished.Where(seen.ContainsKey)]);
        return complete;
    }
}

/// <summary>Size in bytes and time of the last change, UTC.</summary>
internal readonly record struct FileStamp(long Size, DateTime ChangedAt);

/// <summary>A file as it was seen.</summary>
/// <param name="Name">Without its folder.</param>
/// <param name="Stamp">How it was.</param>
/// <param name="HasMarker">Its writer has said that it is complete.</param>
internal sealed record SeenFile(string Name, FileStamp Stamp, bool HasMarker);
