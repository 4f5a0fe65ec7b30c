using OrderIngest.JournalingOrders;

namespace OrderIngest.WatchingInboxes;

/// <summary>A file of an inbox, as table <c>inbox_files</c> has it: one row for each time a file was taken. Times are UTC.</summary>
internal sealed record InboxFile
{
    public required long Id { get; init; }

    /// <summary>Whose inbox.</summary>
    public required string Source { get; init; }

    /// <summary>The name it came under.</summary>
    public required string Name { get; init; }

    /// <summary>Its name below <c>working/</c>; null once it was put away.</summary>
    public string? WorkingFile { get; init; }

    public required InboxFileState State { get; init; }

    /// <summary>In bytes, as it lies there: compressed where it is compressed.</summary>
    public long Size { get; init; }

    /// <summary>Of the bytes as they lie there; null until they were looked at.</summary>
    public byte[]? Sha256 { get; init; }

    /// <summary>Fingerprint of everything that decides what reading the bytes gives; null until reading began.</summary>
    public byte[]? Configuration { get; init; }

    /// <summary>Bytes of the file that are behind the reader.</summary>
    public long BytesRead { get; init; }

    /// <summary>Tells whether reading it again has given the same so far; see <see cref="ReadingMark"/>.</summary>
    public long Mark { get; init; }

    /// <summary>What became of the inputs that were committed so far.</summary>
    public IntakeCounts Counts { get; init; }

    /// <summary>The first faults, as JSON.</summary>
    public string Faults { get; init; } = "[]";

    /// <summary>Why it failed, or what is missing of it.</summary>
    public string? Error { get; init; }

    /// <summary>Where it lies now, from the inbox: <c>done/orders.csv</c>.</summary>
    public string? MovedTo { get; init; }

    /// <summary>Of a repetition: the file that had the same content.</summary>
    public long? SameAs { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Inputs that were committed: where reading goes on after a crash.</summary>
    public long InputsRead => Counts.Accepted + Counts.Duplicates + Counts.Conflicts + Counts.Rejected + Counts.Skipped;
}
