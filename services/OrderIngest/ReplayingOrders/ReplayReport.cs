using System.ComponentModel.DataAnnotations;

namespace OrderIngest.ReplayingOrders;

/// <summary>How far a replay is. Times are UTC.</summary>
internal sealed record ReplayReport
{
    /// <summary>Its id; every message it sends carries it as <c>replayId</c> and in the header <c>Replay-Id</c>.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who gets the orders.</summary>
    public required string Queue { get; init; }

    /// <summary>As what.</summary>
    [AllowedValues(ReplayMessage.OrderReceived, ReplayMessage.CustomerResolved)]
    public required string Message { get; init; }

    /// <summary>Only of this source; null for all.</summary>
    public string? Source { get; init; }

    /// <summary>Only of these stores; null for all.</summary>
    public IReadOnlyList<string>? Stores { get; init; }

    /// <summary>Only accepted at this moment or later; null without a bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only accepted before this moment; null without a bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only of this business date or later; null without a bound.</summary>
    public DateOnly? BusinessDateFrom { get; init; }

    /// <summary>Only of this business date or earlier; null without a bound.</summary>
    public DateOnly? BusinessDateTo { get; init; }

    /// <summary>Most orders per second.</summary>
    public required int OrdersPerSecond { get; init; }

    /// <summary>How it stands. A failed one needs somebody to do what its problem says, and to resume it.</summary>
    [AllowedValues(ReplayState.Running, ReplayState.Paused, ReplayState.Cancelled, ReplayState.Finished, ReplayState.Failed)]
    public required string State { get; init; }

    /// <summary>Why nothing is sent at the moment; null when something is, or nothing should be.</summary>
    public string? Problem { get; init; }

    /// <summary>Orders that were counted when it was started.</summary>
    public required long Orders { get; init; }

    /// <summary>
    /// Orders that the broker has confirmed. With CustomerResolved these were handed to CustomerResolution: those whose customer is not found go no further, and are counted there.
    /// </summary>
    public required long Sent { get; init; }

    /// <summary>Orders that were counted and not sent, as they had left the journal by then; null until it is finished.</summary>
    public long? PassedOver { get; init; }

    /// <summary>Orders per second since it was started or resumed last; null before the first.</summary>
    public double? Rate { get; init; }

    /// <summary>About how long it will take from now on, in seconds, at that rate; null while it is not running.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the broker confirmed the last orders; null before.</summary>
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>When it was finished or cancelled; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public static ReplayReport Of(Replay replay)
    {
        double? rate = replay.LastSentAt - replay.ResumedAt is { } taken && taken > TimeSpan.Zero && replay.Sent > replay.SentBefore
            ? Math.Round((replay.Sent - replay.SentBefore) / taken.TotalSeconds, 1) : null;
        return new()
        {
            Id = replay.Id,
            Queue = replay.Target.Queue,
            Message = replay.Target.Message,
            Source = replay.Filter.Source,
            Stores = replay.Filter.Stores,
            From = replay.Filter.From,
            To = replay.Filter.To,
            BusinessDateFrom = replay.Filter.BusinessDateFrom,
            BusinessDateTo = replay.Filter.BusinessDateTo,
            OrdersPerSecond = replay.OrdersPerSecond,
            State = replay.State,
            Problem = replay.Problem,
            Orders = replay.Matched,
            Sent = replay.Sent,
            PassedOver = replay.State == ReplayState.Finished ? Math.Max(0, replay.Matched - replay.Sent) : null,
            Rate = rate,
            SecondsLeft = replay.State == ReplayState.Running ? Math.Round(Math.Max(0, replay.Matched - replay.Sent) / Math.Min(rate is > 0 ? rate.Value : double.MaxValue, replay.OrdersPerSecond), 1) : null,
            RequestedAt = replay.RequestedAt,
            LastSentAt = replay.LastSentAt,
            EndedAt = replay.EndedAt,
        };
    }
}

/// <summary>The latest replays.</summary>
/// <param name="Replays">Newest first.</param>
internal sealed record ReplayList(IReadOnlyList<ReplayReport> Replays);
