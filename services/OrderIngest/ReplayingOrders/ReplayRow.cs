using System.Text.Json;
using OrderIngest.JournalingOrders;

namespace OrderIngest.ReplayingOrders;

/// <summary>A row of table <c>replays</c> as either database gives it.</summary>
internal sealed class ReplayRow
{
    public object Id { get; init; } = "";
    public string Queue { get; init; } = "";
    public string Message { get; init; } = "";
    public string Filter { get; init; } = "";
    public int OrdersPerSecond { get; init; }
    public string State { get; init; } = "";
    public string? Problem { get; init; }
    public long Cursor { get; init; }
    public long Until { get; init; }
    public long Matched { get; init; }
    public long Sent { get; init; }
    public object RequestedAt { get; init; } = "";
    public object ResumedAt { get; init; } = "";
    public long SentBefore { get; init; }
    public object? LastSentAt { get; init; }
    public object? EndedAt { get; init; }
    public object DueAt { get; init; } = "";

    public Replay ToReplay() => new()
    {
        Id = IngestTables.Id(Id),
        Target = new(Queue, Message),
        Filter = JsonSerializer.Deserialize<ReplayFilter>(Filter)!,
        OrdersPerSecond = OrdersPerSecond,
        State = State,
        Problem = Problem,
        Cursor = Cursor,
        Until = Until,
        Matched = Matched,
        Sent = Sent,
        RequestedAt = IngestTables.Instant(RequestedAt),
        ResumedAt = IngestTables.Instant(ResumedAt),
        SentBefore = SentBefore,
        LastSentAt = LastSentAt is null ? null : IngestTables.Instant(LastSentAt),
        EndedAt = EndedAt is null ? null : IngestTables.Instant(EndedAt),
        DueAt = IngestTables.Instant(DueAt),
    };
}
