namespace OrderIngest.ReplayingOrders;

/// <summary>Counts first, and starts only what was counted.</summary>
internal sealed class ReplayPlan(JournalReading reading, Replays replays, IReplaySender sender, TimeProvider time)
{
    /// <summary>What a replay would send. Changes nothing.</summary>
    public async Task<ReplayPreview> Preview(ReplayTarget target, ReplayFilter filter, int ordersPerSecond, CancellationToken cancellationToken)
    {
        var until = await reading.End(cancellationToken);
        var matched = await reading.Count(filter, until, perDay: true, cancellationToken);
        var problem = await sender.Look(target.Queue, cancellationToken);
        return new()
        {
            Queue = target.Queue,
            Message = target.Message,
            Problem = problem?.Says,
            Orders = matched.Orders,
            FirstAt = matched.FirstAt,
            LastAt = matched.LastAt,
            JournalFrom = matched.JournalFrom,
            AtLeastSeconds = Math.Round((double)matched.Orders / ordersPerSecond, 1),
            Days = matched.Days,
            MoreDays = matched.MoreDays,
            Confirm = matched.Orders == 0 ? null : new ReplayConfirmation(until, matched.Orders, time.GetUtcNow().ToUnixTimeMilliseconds()).Text(target, filter),
        };
    }

    /// <summary>Starts what was confirmed; null when the journal has other orders of it by now. The same confirmation again is the same replay.</summary>
    public async Task<(Replay? Replay, bool IsNew)> Start(ReplayConfirmation confirmed, ReplayTarget target, ReplayFilter filter, int ordersPerSecond, CancellationToken cancellationToken)
    {
        var id = confirmed.ReplayId(target, filter);
        if (await replays.Find(id, cancellationToken) is { } known)
            return (known, false);
        var matched = await reading.Count(filter, confirmed.Until, perDay: false, cancellationToken);
        if (matched.Orders != confirmed.Matched)
            return (null, false);
        var now = time.GetUtcNow();
        var added = await replays.Add(new()
        {
            Id = id,
            Target = target,
            Filter = filter,
            OrdersPerSecond = ordersPerSecond,
            State = ReplayState.Running,
            // Nothing of it lies outside, so a replay of one day does not walk through the years before.
            Cursor = matched.FirstEntry - 1,
            Until = matched.LastEntry,
            Matched = matched.Orders,
            Sent = 0,
            RequestedAt = now,
            ResumedAt = now,
            SentBefore = 0,
            DueAt = now,
        }, cancellationToken);
        return (await replays.Find(id, cancellationToken), added);
    }
}
