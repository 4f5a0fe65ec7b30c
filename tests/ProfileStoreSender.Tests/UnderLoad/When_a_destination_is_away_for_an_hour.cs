using System.Diagnostics;
using MessageExamples;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.Tests.UnderLoad;

/// <summary>The real sender and ledger, 100 orders every second of a clock that stands still, and a destination that is away for an hour of it.</summary>
[Collection(nameof(NothingBeside))]
public sealed class When_a_destination_is_away_for_an_hour(ITestOutputHelper output)
{
    private const int OrdersPerSecond = 100, RequestsPerSecond = 4;
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(1), Fine = TimeSpan.FromMilliseconds(100);

    // Once nothing is held any more, the queue of two minutes is worked off while the clock stands still.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ManualTime _time = new();

    private TimeSpan Now => _time.GetUtcNow() - An.Noon;

    [Fact]
    public async Task It_loses_nothing_says_so_once_and_is_drained_at_the_permitted_rate_without_starving_fresh_orders()
    {
        var watch = Stopwatch.StartNew();
        var destination = new AwayDestination(_time);
        await using var sender = await VirtualSender.Start(_time, destination, address => new()
        {
            BaseAddress = address,
            SubscriptionKey = "key",
            RequestsPerSecond = RequestsPerSecond,
            HoldFor = ModelledJourneys.HoldFor,
        });
        var journeys = new ModelledJourneys(sender, _time);

        await Run(destination, journeys, sender.Gate);

        var logs = sender.Logs;
        Print(destination, journeys, logs, watch);
        Judge(destination, journeys, logs);
    }

    private async Task Run(AwayDestination destination, ModelledJourneys journeys, DestinationGate gate)
    {
        var end = AwayDestination.ReturnsAt + TimeSpan.FromMinutes(1);
        var printed = TimeSpan.Zero;
        while (Now < end || journeys.Held > 0)
        {
            if (Now >= printed)
            {
                var report = gate.Report();
                output.WriteLine($"  {Now.TotalMinutes,3:0} min: {report.State}, {report.Held} held, {report.Postponed} postponed; queue up to {journeys.LongestQueue}, journey holds {journeys.Held}, {destination.Requests.Count} requests, {destination.Stored.Count} stored");
                printed += TimeSpan.FromMinutes(5);
            }
            // Nothing but probes happens while it is away and nothing is held any more: then seconds will do.
            var step = Now >= AwayDestination.LeavesAt + TimeSpan.FromMinutes(3) && Now < AwayDestination.ReturnsAt - TimeSpan.FromMinutes(1) ? Coarse : Fine;
            journeys.Arrive((int)(OrdersPerSecond * step.TotalSeconds));
            journeys.Sweep();
            await _time.Pass(step, () => journeys.AllWait(destination), Patience);
            Assert.Empty(journeys.Faults);
        }
        while (!journeys.IsIdle || journeys.Held > 0)
        {
            journeys.Sweep();
            await _time.Pass(Fine, () => journeys.AllWait(destination), Patience);
        }
    }

    private void Print(AwayDestination destination, ModelledJourneys journeys, LogCapture logs, Stopwatch watch)
    {
        var (away, back) = (Asked(destination, AwayDestination.IsAway), Asked(destination, at => at >= AwayDestination.ReturnsAt));
        output.WriteLine($"{journeys.Orders} orders, {journeys.Commands} asked for again, {journeys.Unavailable} times unavailable; queue of the broker up to {journeys.LongestQueue}");
        output.WriteLine($"away for an hour: {away.Count} requests with {away.Sum(one => one.Events)} events");
        output.WriteLine($"back: drained after {(journeys.LastAt - AwayDestination.ReturnsAt).TotalMinutes:0.0} min with {back.Count} requests of {back.Average(one => one.Events):0} events; busiest second {BusiestSecond(back)} requests");
        var drain = journeys.Fresh.Where(order => order.Came >= AwayDestination.ReturnsAt).Select(order => order.Took.TotalSeconds).Order().ToList();
        output.WriteLine($"fresh orders since the return: half within {drain[drain.Count / 2]:0.0} s, 99 of 100 within {drain[drain.Count * 99 / 100]:0.0} s, all within {drain[^1]:0.0} s");
        output.WriteLine($"log: {string.Join(" | ", logs.Lines.Select(line => line.Text))}");
        output.WriteLine($"real time {watch.Elapsed.TotalSeconds:0} s");
    }

    private static void Judge(AwayDestination destination, ModelledJourneys journeys, LogCapture logs)
    {
        // Nothing lost, nothing twice.
        Assert.Equal(journeys.Orders, destination.Stored.Count);
        Assert.All(destination.Stored.Values, times => Assert.Equal(1, times));
        Assert.Equal(journeys.Orders, journeys.Tracked.Count);
        // Left alone: the requests that told of the outage, then one order alone every 30 s, or every 2 min where it asked for that.
        var away = Asked(destination, AwayDestination.IsAway);
        Assert.InRange(away.Count, 60, 120);
        // Without a connection nobody read how many there were.
        Assert.All(away.Skip(DestinationCircuit.FailuresOfOutage + SharedRequests.RequestsAtOnce), request => Assert.InRange(request.Events, 0, 1));
        // One alert.
        Assert.Equal([3012, 3013], logs.Lines.Select(line => line.Id.Id));
        // The broker keeps no more than what came while orders were held.
        Assert.InRange(journeys.LongestQueue, 1, OrdersPerSecond * ModelledJourneys.HoldFor.TotalSeconds + 1000);
        // Never faster than permitted, and as fast as that while there is a backlog; fresh orders do not wait for it.
        var drain = Asked(destination, at => at >= AwayDestination.ReturnsAt + TimeSpan.FromMinutes(3) && at < journeys.LastAt - TimeSpan.FromMinutes(2));
        Assert.InRange(BusiestSecond([.. destination.Requests]), RequestsPerSecond, RequestsPerSecond + 1);
        Assert.InRange(drain.Count / (drain[^1].At - drain[0].At).TotalSeconds, RequestsPerSecond * 0.95, RequestsPerSecond * 1.01);
        Assert.All(journeys.Fresh.Where(order => order.Came >= AwayDestination.ReturnsAt + TimeSpan.FromMinutes(3)), order => Assert.InRange(order.Took.TotalSeconds, 0, 2));
    }

    private static List<(TimeSpan At, int Events)> Asked(AwayDestination destination, Func<TimeSpan, bool> when) => [.. destination.Requests.Where(request => when(request.At))];

    private static int BusiestSecond(List<(TimeSpan At, int Events)> requests) => requests.GroupBy(request => (long)request.At.TotalSeconds).Max(second => second.Count());
}
