using System.Globalization;

namespace OrderIngest.WatchingInboxes;

/// <summary>A row of <c>inbox_files</c> as it is read, with times as text.</summary>
internal sealed class InboxFileRow
{
    public long Id { get; init; }
    public string Source { get; init; } = "";
    public string Name { get; init; } = "";
    public string? WorkingFile { get; init; }
    public string State { get; init; } = "";
    public long Size { get; init; }
    public byte[]? Sha256 { get; init; }
    public byte[]? Configuration { get; init; }
    public long BytesRead { get; init; }
    public long Mark { get; init; }
    public long Accepted { get; init; }
    public long Duplicates { get; init; }
    public long Conflicts { get; init; }
    public long Rejected { get; init; }
    public long RejectedRows { get; init; }
    public long Rows { get; init; }
    public long Skipped { get; init; }
    public string Faults { get; init; } = "[]";
    public string? Error { get; init; }
    public string? MovedTo { get; init; }
    public long? SameAs { get; init; }
    public string FirstSeenAt { get; init; } = "";
    public string? FinishedAt { get; init; }

    public InboxFile ToFile() => new()
    {
        Id = Id,
        Source = Source,
        Name = Name,
        WorkingFile = WorkingFile,
        State = InboxFileStateText.Parse(State),
        Size = Size,
        Sha256 = Sha256,
        Configuration = Configuration,
        BytesRead = BytesRead,
        Mark = Mark,
        Counts = new(Accepted, Duplicates, Conflicts, Rejected, RejectedRows, Rows, Skipped),
        Faults = Faults,
        Error = Error,
        MovedTo = MovedTo,
        SameAs = SameAs,
        FirstSeenAt = Time(FirstSeenAt)!.Value,
        FinishedAt = Time(FinishedAt),
    };

    private static DateTimeOffset? Time(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
