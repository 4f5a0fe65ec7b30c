using System.Collections.Concurrent;
using Contracts.ProfileStoreSender;
using MessageExamples;
using ProfileStoreSender.ReportingOutcomes;

namespace ProfileStoreSender.Tests.UnderLoad;

/// <summary>
/// What broker and journey do, on a clock that stands still. The broker: one queue, worked off in its order, a hundred messages in hand. The journey: every
/// quarter of a second the orders whose time has come, 62 at most, are asked for again, each a minute after it was unavailable; while nothing but that is heard,
/// a thousand a minute.
/// </summary>
internal sealed class ModelledJourneys(VirtualSender sender, ManualTime time)
{
    public const int Prefetch = 100;
    public static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan HoldFor = TimeSpan.FromMinutes(2);
    private const int Batch = 62, WhileAway = 1000;
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    private readonly Queue<(int Order, bool IsFresh)> _queue = new();
    private readonly Queue<(DateTimeOffset At, int Order)> _due = new();
    private readonly ConcurrentQueue<(int Order, bool IsFresh, TrackingOutcome Outcome)> _outcomes = new();
    private readonly List<TimeSpan> _came = [];
    private int _inHand, _askedSinceGood;
    private DateTimeOffset _askAgainFrom, _nextSweep = An.Noon;

    /// <summary>Orders that their own event got tracked: when they came, and how long it took.</summary>
    public List<(TimeSpan Came, TimeSpan Took)> Fresh { get; } = [];

    /// <summary>How often each order was told to be tracked.</summary>
    public Dictionary<int, int> Tracked { get; } = [];

    /// <summary>Exceptions, and outcomes that are neither tracked nor unavailable.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public int Orders => _came.Count;

    public int Commands { get; private set; }

    public int Unavailable { get; private set; }

    public int LongestQueue { get; private set; }

    /// <summary>Orders that the journey holds.</summary>
    public int Held => _due.Count;

    public TimeSpan LastAt { get; private set; }

    public bool IsIdle => _queue.Count == 0 && _inHand == 0;

    /// <summary>True when nothing can happen before the clock moves.</summary>
    public bool AllWait(AwayDestination destination)
    {
        WorkOff();
        var report = sender.Gate.Report();
        return !Faults.IsEmpty || _outcomes.IsEmpty && _inHand == report.Held + destination.EventsUnderWay && report.Rests(sender, _inHand, destination.RequestsUnderWay);
    }

    public void Arrive(int orders)
    {
        for (var i = 0; i < orders; i++)
        {
            _came.Add(Now);
            _queue.Enqueue((_came.Count - 1, true));
        }
    }

    /// <summary>For all the sweeps since the last one.</summary>
    public void Sweep()
    {
        var now = time.GetUtcNow();
        for (; _nextSweep <= now; _nextSweep += SweepEvery)
            Sweep(now);
    }

    private void Sweep(DateTimeOffset now)
    {
        for (var asked = 0; asked < Batch && _due.TryPeek(out var next) && next.At <= now && MayAsk(now); asked++)
        {
            Commands++;
            _queue.Enqueue((_due.Dequeue().Order, false));
        }
    }

    private TimeSpan Now => time.GetUtcNow() - An.Noon;

    private bool MayAsk(DateTimeOffset now)
    {
        if (_askedSinceGood >= WhileAway && now >= _askAgainFrom)
            _askedSinceGood = 0;
        if (_askedSinceGood == 0)
            _askAgainFrom = now + Recheck;
        return _askedSinceGood++ < WhileAway;
    }

    private void WorkOff()
    {
        while (_outcomes.TryDequeue(out var ended))
            Hear(ended.Order, ended.IsFresh, ended.Outcome);
        LongestQueue = Math.Max(LongestQueue, _queue.Count);
        while (_inHand < Prefetch && _queue.TryDequeue(out var message))
        {
            _inHand++;
            _ = Task.Run(() => Consume(message.Order, message.IsFresh));
        }
    }

    private async Task Consume(int order, bool isFresh)
    {
        try
        {
            _outcomes.Enqueue((order, isFresh, await sender.Send(order, isFresh)));
        }
        catch (Exception exception)
        {
            Faults.Enqueue(exception.ToString());
        }
    }

    private void Hear(int order, bool isFresh, TrackingOutcome outcome)
    {
        _inHand--;
        if (outcome.Tracked is not null)
        {
            LastAt = Now;
            _askedSinceGood = 0;
            Tracked[order] = Tracked.GetValueOrDefault(order) + 1;
            if (isFresh)
                Fresh.Add((_came[order], Now - _came[order]));
        }
        else if (outcome.Failed!.Reason == OrderTrackingFailureReason.Unavailable)
        {
            Unavailable++;
            _due.Enqueue((time.GetUtcNow() + Recheck, order));
        }
        else
        {
            Faults.Enqueue($"{outcome.Failed.Reason}");
        }
    }
}
