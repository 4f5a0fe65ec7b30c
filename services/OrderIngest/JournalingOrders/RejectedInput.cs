using OrderIngest.ReadingOrders;

namespace OrderIngest.JournalingOrders;

/// <summary>Input that was not accepted, kept as it came.</summary>
internal sealed record RejectedInput
{
    /// <summary>Name of the source, empty when unknown.</summary>
    public required string Source { get; init; }

    /// <summary>Which way it came: <c>POST /orders</c>, <c>POST /orders/batch</c>, <c>import</c> or <c>inbox</c> with the name of the file, <c>erp-orders</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>What the bytes are.</summary>
    public required InputFormat Format { get; init; }

    /// <summary>Name of the file it came in, without its folder; null when it came in none.</summary>
    public string? File { get; init; }

    public required RejectionReason Reason { get; init; }

    /// <summary>The sale it is about, where known.</summary>
    public Guid? OrderId { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>The bytes as they came; rows of a file below its header row.</summary>
    public required byte[] Raw { get; init; }

    /// <summary>How many of the first bytes are the file's header row.</summary>
    public int HeaderBytes { get; init; }

    /// <summary>What stood beside it in its file; null where that does not matter.</summary>
    public FileEdge? Edge { get; init; }

    /// <summary>Where in the file or batch it begins, in bytes from 0.</summary>
    public long Position { get; init; }

    /// <summary>Row or line of the file or batch it begins at, from 1.</summary>
    public int FirstRow { get; init; } = 1;

    /// <summary>How many rows of a file it holds.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>Why input was not accepted. Stored as text.</summary>
internal enum RejectionReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>It breaks one or more rules; each is listed.</summary>
    Invalid = 1,

    /// <summary>The same sale was accepted with other content before.</summary>
    ChangedAfterAcceptance = 2,
}

internal static class RejectionReasonText
{
    /// <summary>As outside programs see it.</summary>
    public static string Of(RejectionReason reason) => reason switch
    {
        RejectionReason.Invalid => "invalid",
        RejectionReason.ChangedAfterAcceptance => "changed-after-acceptance",
        _ => "unknown",
    };

    /// <summary>The reason with this name, or null.</summary>
    public static RejectionReason? Parse(string text) =>
        Enum.GetValues<RejectionReason>().Where(reason => reason != RejectionReason.Unknown && Of(reason) == text).Cast<RejectionReason?>().FirstOrDefault();
}
