using System.ComponentModel.DataAnnotations;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Rejected input in numbers: what to look at first. The hundred most frequent of each kind.</summary>
/// <param name="State">Which are counted: <c>open</c> unless asked for others.</param>
/// <param name="Inputs">All of them.</param>
/// <param name="OldestReceivedAt">When the oldest came first, UTC; null when there are none.</param>
/// <param name="ByReason">By source and reason.</param>
/// <param name="ByFault">By source and kind of fault; an input with several kinds counts for each.</param>
/// <param name="ByFile">By source and file.</param>
internal sealed record RejectedSummary(
    [property: AllowedValues("open", "resubmitted", "dismissed")] string State, long Inputs, DateTimeOffset? OldestReceivedAt, IReadOnlyList<ReasonCount> ByReason, IReadOnlyList<FaultCount> ByFault, IReadOnlyList<FileCount> ByFile);

/// <summary>How many inputs of a source were rejected for a reason.</summary>
internal sealed class ReasonCount
{
    /// <summary>Configured name; empty when the input did not say whose it is.</summary>
    public string Source { get; init; } = "";

    /// <summary><c>invalid</c> or <c>changed-after-acceptance</c>.</summary>
    [AllowedValues("invalid", "changed-after-acceptance")]
    public string Reason { get; init; } = "";

    /// <summary>Orders, or rows that belong to none.</summary>
    public long Inputs { get; init; }
}

/// <summary>How many inputs of a source have a fault of one kind.</summary>
internal sealed class FaultCount
{
    /// <summary>Configured name.</summary>
    public string Source { get; init; } = "";

    /// <summary>What is wrong, without the place: for the filter <c>fault</c>.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Orders, or rows that belong to none.</summary>
    public long Inputs { get; init; }

    /// <summary>Files they came in.</summary>
    public long Files { get; init; }
}

/// <summary>How much of a file was rejected.</summary>
internal sealed class FileCount
{
    /// <summary>Configured name.</summary>
    public string Source { get; init; } = "";

    /// <summary>Name of the file, for the filter <c>file</c>.</summary>
    public string File { get; init; } = "";

    /// <summary>Orders, or rows that belong to none.</summary>
    public long Inputs { get; init; }
}
