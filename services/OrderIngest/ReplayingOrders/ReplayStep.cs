using OrderIngest.JournalingOrders;

namespace OrderIngest.ReplayingOrders;

/// <summary>
/// Sends the next few orders of one replay: claim, look whether live orders wait, send, wait for the broker's confirms, and only then move the cursor. Whatever dies in between, these few
/// are sent again, with the same ids.
/// </summary>
internal sealed class ReplayStep(Replays replays, JournalReading reading, IJournal journal, IReplaySender sender, ReplayMetrics metrics, TimeProvider time, ILogger<ReplayStep> log)
{
    /// <summary>Longer than a step may take: ten seconds to look for the queue and ten for the confirms.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>An order that was accepted so long ago and is not published says that the relay is behind.</summary>
    internal static readonly TimeSpan LiveOrdersWait = TimeSpan.FromSeconds(2);

    private const int MostAtATime = 250;
    private static readonly TimeSpan Yield = TimeSpan.FromSeconds(1), Retry = TimeSpan.FromSeconds(5);

    /// <summary>True when there was something to do.</summary>
    public async Task<bool> Run(CancellationToken cancellationToken)
    {
        if (await replays.Claim(Lease, cancellationToken) is not { } replay)
            return false;
        var begun = time.GetUtcNow();
        if (await journal.OldestUnpublished(cancellationToken) is { } oldest && begun - oldest > LiveOrdersWait)
            await Save(replay with { DueAt = begun + Yield, Problem = "live orders are published first" }, cancellationToken);
        else if (await sender.Look(replay.Target.Queue, cancellationToken) is { } problem)
            await HeldUp(replay, problem, cancellationToken);
        else
            await SendNext(replay, begun, cancellationToken);
        return true;
    }

    private async Task SendNext(Replay replay, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        // Half a second's worth, so that the cap holds within any second.
        var next = await reading.Next(replay, Math.Clamp(replay.OrdersPerSecond / 2, 1, MostAtATime), cancellationToken);
        var sent = next.Bodies.Count;
        if (sent > 0 && await sender.Send(replay, next.Bodies, cancellationToken) is { } problem)
        {
            await HeldUp(replay, problem, cancellationToken);
            return;
        }
        var now = time.GetUtcNow();
        var after = replay with
        {
            Cursor = next.UpTo,
            Sent = replay.Sent + sent,
            LastSentAt = sent > 0 ? now : replay.LastSentAt,
            // From when it began: the time that sending took is not added. What was missed is not made up for either.
            DueAt = begun + TimeSpan.FromSeconds((double)sent / replay.OrdersPerSecond),
            Problem = null,
        };
        if (after.Cursor >= after.Until)
            after = after with { State = ReplayState.Finished, EndedAt = now };
        metrics.Sent(replay.Target.Message, sent);
        if (await Save(after, cancellationToken) && after.State == ReplayState.Finished)
            LogMessages.ReplayFinished(log, after.Id, after.Sent, after.Matched);
    }

    private async Task HeldUp(Replay replay, ReplayProblem problem, CancellationToken cancellationToken)
    {
        if (problem.NeedsSomebody)
            LogMessages.ReplayFailed(log, replay.Id, problem.Says);
        else if (replay.Problem != problem.Says)
            LogMessages.ReplayHeldUp(log, replay.Id, problem.Says, Retry);
        await Save(replay with { State = problem.NeedsSomebody ? ReplayState.Failed : replay.State, Problem = problem.Says, DueAt = time.GetUtcNow() + Retry }, cancellationToken);
    }

    private async Task<bool> Save(Replay replay, CancellationToken cancellationToken)
    {
        // Written down also while stopping: what the broker has need not be sent again.
        var saved = await replays.Save(replay, cancellationToken.IsCancellationRequested ? CancellationToken.None : cancellationToken);
        if (!saved)
            LogMessages.ReplayLeaseLost(log, replay.Id);
        return saved;
    }
}
