using OrderIngest.JournalingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Which rejected input is meant. What is null does not matter.</summary>
internal sealed record RejectedFilter
{
    /// <summary>One state at a time, as each list is read from an index by its state.</summary>
    public RejectedState State { get; init; } = RejectedState.Open;

    /// <summary>Configured name of the source.</summary>
    public string? Source { get; init; }

    public RejectionReason? Reason { get; init; }

    /// <summary>Kind of fault, exactly as the summary writes it.</summary>
    public string? Fault { get; init; }

    /// <summary>Name of the file, without its folder.</summary>
    public string? File { get; init; }

    /// <summary>First received at this moment or later, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First received before this moment, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Header row of the file, by its layout.</summary>
    public string? Layout { get; init; }
}
