using System.Net;
using MessageExamples;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.Tests.UnderLoad;

namespace ProfileStoreSender.Tests.SendingEvents;

/// <summary>The wish may have been a mistake, and somebody waits for the orders.</summary>
[Collection(nameof(NothingBeside))]
public sealed class When_a_destination_asks_for_a_day_of_rest
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task It_has_ten_minutes_and_is_asked_again()
    {
        var destination = new ScriptedDestination(_time, (at, _) => at < TimeSpan.FromSeconds(1)
            ? (HttpStatusCode.ServiceUnavailable, TimeSpan.Zero, ("Retry-After", $"{TimeSpan.FromDays(1).TotalSeconds:0}"))
            : (HttpStatusCode.Accepted, TimeSpan.Zero, null));
        await using var sender = await VirtualSender.Start(_time, destination, address => new() { BaseAddress = address, SubscriptionKey = "key", HoldFor = TimeSpan.FromMinutes(20) });
        var order = sender.Send(0);

        await _time.Pass(TimeSpan.Zero, AllWait);
        while (!order.IsCompleted && sender.Now < TimeSpan.FromMinutes(19))
            await _time.Pass(TimeSpan.FromSeconds(10), AllWait);

        Assert.NotNull((await order.WaitAsync(TimeSpan.Zero)).Tracked);
        var (first, second) = (destination.Requests.First().At, destination.Requests.Last().At);
        Assert.Equal(2, destination.Requests.Count);
        Assert.InRange(second - first, DestinationGate.LongestPause, DestinationGate.LongestPause + TimeSpan.FromSeconds(40));

        bool AllWait() => order.IsCompleted
            || sender.Gate.Report() is var report && report.Held + destination.EventsUnderWay == 1 && report.Rests(sender, 1, destination.RequestsUnderWay);
    }
}
