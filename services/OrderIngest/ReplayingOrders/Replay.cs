namespace OrderIngest.ReplayingOrders;

/// <summary>A replay as it is kept. Times are UTC.</summary>
internal sealed record Replay
{
    public required Guid Id { get; init; }

    public required ReplayTarget Target { get; init; }

    public required ReplayFilter Filter { get; init; }

    /// <summary>Most orders in a second.</summary>
    public required int OrdersPerSecond { get; init; }

    /// <summary>One of <see cref="ReplayState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why nothing is sent at the moment, in words; null where something is.</summary>
    public string? Problem { get; init; }

    /// <summary>The last entry of the journal whose orders the broker has, or that was passed over.</summary>
    public required long Cursor { get; init; }

    /// <summary>The last entry that belongs to it.</summary>
    public required long Until { get; init; }

    /// <summary>Orders that belong to it.</summary>
    public required long Matched { get; init; }

    /// <summary>Orders the broker has confirmed; after a crash a few of them a second time.</summary>
    public required long Sent { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it was started or resumed last.</summary>
    public required DateTimeOffset ResumedAt { get; init; }

    /// <summary>How many orders had been sent then.</summary>
    public required long SentBefore { get; init; }

    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>When it was finished or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the next orders may be sent.</summary>
    public required DateTimeOffset DueAt { get; init; }
}
