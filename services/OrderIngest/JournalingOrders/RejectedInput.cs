using OrderIngest.ReadingOrders;

namespace OrderIngest.JournalingOrders;

/// <summary>Input that was not accepted, kept as it came.</summary>
internal sealed record RejectedInput
{
    /// <summary>Name of the source, empty when unknown.</summary>
    public required string Source { get; init; }

    /// <summary>Which way it came: <c>POST /orders</c>, <c>POST /orders/batch</c>, or <c>import</c> with the file's name.</summary>
    public required string Origin { get; init; }

    public required RejectionReason Reason { get; init; }

    /// <summary>The sale it is about, where known.</summary>
    public Guid? OrderId { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>The bytes as they came; rows of a file below its header row.</summary>
    public required byte[] Raw { get; init; }

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
}
