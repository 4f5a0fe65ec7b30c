using System.Net;
using MessageExamples;
using ProfileStoreSender.ReportingOutcomes;
using ProfileStoreSender.Tests.UnderLoad;
using ProfileStoreSender.TrackingInProfileStore;

namespace ProfileStoreSender.Tests.SendingEvents;

/// <summary>The real sender on a clock that stands still, and a destination that answers by a script.</summary>
[Collection(nameof(NothingBeside))]
public sealed class When_a_destination_is_paced(ITestOutputHelper output)
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    private readonly ManualTime _time = new();
    private readonly List<Task<TrackingOutcome>> _orders = [];

    [Fact]
    public async Task A_lone_order_leaves_at_once_and_one_behind_it_at_the_next_turn()
    {
        var destination = Answering((_, _) => Good());
        await using var sender = await VirtualSender.Start(_time, destination, address => Options(address, perSecond: 5));

        await Pass(sender, destination, TimeSpan.Zero, orders: 1);
        await Pass(sender, destination, TimeSpan.FromMilliseconds(100), orders: 1);
        await Pass(sender, destination, TimeSpan.FromMilliseconds(50), orders: 1);
        await PassUntilAllHaveAnswers(sender, destination);

        Assert.Equal([(0, 1), (200, 2)], destination.Requests.Select(request => ((int)request.At.TotalMilliseconds, request.Events)));
    }

    [Fact]
    public async Task A_backlog_travels_in_full_requests_each_of_which_takes_one_turn()
    {
        var destination = Answering((_, _) => Good());
        await using var sender = await VirtualSender.Start(_time, destination, address => Options(address, perSecond: 2, batch: 20));
        await Pass(sender, destination, TimeSpan.Zero, orders: 1);
        await Pass(sender, destination, TimeSpan.Zero, orders: 100);
        await PassUntilAllHaveAnswers(sender, destination);

        Assert.Equal([(0, 1), (500, 20), (1000, 20), (1500, 20), (2000, 20), (2500, 20)], destination.Requests.Select(request => ((int)request.At.TotalMilliseconds, request.Events)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_requests_are_under_way_than_is_set(int concurrency)
    {
        var destination = Answering((_, _) => Good());
        await using var sender = await VirtualSender.Start(_time, destination, address => Options(address, concurrency: concurrency, batch: 1));

        await Pass(sender, destination, TimeSpan.Zero, orders: 50);
        await PassUntilAllHaveAnswers(sender, destination);

        Assert.Equal((concurrency, 50), (destination.MostUnderWay, destination.Requests.Count));
    }

    [Theory]
    [InlineData(429, "Retry-After", "7")]
    [InlineData(429, "Retry-After", "Fri, 20 Nov 2026 12:00:07 GMT")]
    [InlineData(429, "RateLimit-Reset", "7")]
    [InlineData(429, "X-RateLimit-Reset", "1795176007")]
    [InlineData(503, "Retry-After", "7")]
    public async Task Nothing_is_sent_before_the_time_that_a_refusal_names(int status, string header, string value)
    {
        var destination = Answering((at, _) => at == TimeSpan.Zero ? ((HttpStatusCode)status, TimeSpan.Zero, (header, value)) : Good());
        await using var sender = await VirtualSender.Start(_time, destination, address => Options(address));
        await Pass(sender, destination, TimeSpan.Zero, orders: 1);
        await PassUntilAllHaveAnswers(sender, destination);

        Assert.InRange(Assert.Single(destination.Requests.Skip(1)).At.TotalSeconds, 7, 7.2);
        Assert.All(_orders, order => Assert.NotNull(order.Result.Tracked));
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_reset_when_an_answer_says_that_nothing_remains()
    {
        var destination = Answering((at, _) => (HttpStatusCode.Accepted, TimeSpan.Zero, at == TimeSpan.Zero ? ("RateLimit", "limit=1, remaining=0, reset=9") : null));
        await using var sender = await VirtualSender.Start(_time, destination, address => Options(address));
        await Pass(sender, destination, TimeSpan.Zero, orders: 1);
        await Pass(sender, destination, TimeSpan.FromMilliseconds(100), orders: 1);
        await PassUntilAllHaveAnswers(sender, destination);

        Assert.InRange(destination.Requests.Last().At.TotalSeconds, 9, 9.2);
    }

    [Fact]
    public async Task An_unknown_limit_is_found_by_refusals_and_orders_flow_at_about_that_rate()
    {
        var (second, taken, refused) = (-1L, 0, 0);
        var destination = Answering((at, _) =>
        {
            if ((long)at.TotalSeconds != second)
                (second, taken) = ((long)at.TotalSeconds, 0);
            if (++taken <= 10)
                return Good();
            refused++;
            return (HttpStatusCode.TooManyRequests, TimeSpan.Zero, null);
        });
        await using var sender = await VirtualSender.Start(_time, destination, address => Options(address, batch: 1, hold: TimeSpan.FromMinutes(20)));

        await Pass(sender, destination, TimeSpan.Zero, orders: 600);
        await PassUntilAllHaveAnswers(sender, destination);

        output.WriteLine($"600 orders, 10 requests/s taken: {destination.Requests.Count} requests, {refused} refused, {sender.Now.TotalSeconds:0} s");
        Assert.All(_orders, order => Assert.NotNull(order.Result.Tracked));
        Assert.InRange(refused, 1, 60);
        Assert.InRange(sender.Now.TotalSeconds, 59, 240);
        Assert.InRange(sender.Logs.Lines.Count(line => line.Id.Id == 3014), 1, 5);
    }

    [Fact]
    public async Task Answers_that_become_slow_lower_the_rate_and_it_comes_back()
    {
        var destination = Answering((at, _) => (HttpStatusCode.Accepted, at < TimeSpan.FromSeconds(10) ? Latency : TimeSpan.FromSeconds(1), null));
        await using var sender = await VirtualSender.Start(
            _time, destination, address => Options(address, batch: 1, concurrency: 64, perSecond: 40, hold: TimeSpan.FromMinutes(20)));

        while (sender.Now < TimeSpan.FromSeconds(14))
            await Pass(sender, destination, TimeSpan.FromMilliseconds(50), orders: 2);
        var (before, slowed, words) = (Rate(destination, 5, 10), sender.Gate.Report().Pace, sender.Gate.Report().Words(_time.GetUtcNow()));
        while (sender.Now < TimeSpan.FromSeconds(100))
            await Pass(sender, destination, TimeSpan.FromMilliseconds(50), orders: 1);

        output.WriteLine($"{before:0}/s, then {slowed.PerSecond:0.0}/s ({words}); {Rate(destination, 12, 17):0.0}/s, {Rate(destination, 17, 22):0.0}/s, {Rate(destination, 95, 100):0}/s in the end");
        Assert.InRange(before, 39, 41);
        Assert.InRange(slowed.PerSecond, 2, 25);
        Assert.Contains("answers became slow", words, StringComparison.Ordinal);
        Assert.False(sender.Gate.Report().Pace.IsSlowed);
        Assert.InRange(sender.Logs.Lines.Count(line => line.Id.Id == 3015), 1, 2);
        await PassUntilAllHaveAnswers(sender, destination);
    }

    [Fact]
    public async Task While_it_is_away_one_event_alone_tries_and_after_it_answered_requests_are_full_again()
    {
        var returns = TimeSpan.FromSeconds(20);
        var destination = Answering((at, _) => at < returns ? (HttpStatusCode.ServiceUnavailable, TimeSpan.Zero, null) : Good());
        await using var sender = await VirtualSender.Start(_time, destination, address => Options(address));

        while (sender.Now < TimeSpan.FromSeconds(40))
            await Pass(sender, destination, TimeSpan.FromMilliseconds(100), orders: sender.Now < returns ? 1 : 0);
        await PassUntilAllHaveAnswers(sender, destination);

        var tries = destination.Requests.Where(request => request.At > TimeSpan.FromSeconds(3)).ToList();
        output.WriteLine(string.Join(", ", destination.Requests.Select(request => $"{request.At.TotalSeconds:0.0} s: {request.Events}")));
        Assert.All(tries.Where(request => request.At < returns), request => Assert.Equal(1, request.Events));
        Assert.InRange(tries.Count(request => request.At < returns), 2, 5);
        Assert.Equal(1, tries.First(request => request.At >= returns).Events);
        Assert.InRange(tries.Where(request => request.At >= returns).Max(request => request.Events), 20, 100);
        Assert.All(_orders, order => Assert.NotNull(order.Result.Tracked));
        Assert.Equal([3012, 3013], sender.Logs.Lines.Select(line => line.Id.Id));
    }

    [Fact]
    public async Task Those_asked_for_again_do_not_fill_the_place_of_fresh_orders()
    {
        var destination = Answering((_, _) => Good());
        await using var sender = await VirtualSender.Start(_time, destination, address => Options(address, perSecond: 0.1));
        await Pass(sender, destination, TimeSpan.Zero, orders: 1);

        var askedFor = Enumerable.Range(1000, ModelledJourneys.Prefetch).Select(order => sender.Send(order, isFresh: false)).ToList();
        await Pass(sender, destination, TimeSpan.FromMilliseconds(100), orders: 10, others: askedFor);

        Assert.Equal(ModelledJourneys.Prefetch / 2, askedFor.Count(order => order.IsCompleted && order.Result.Failed is not null));
        Assert.DoesNotContain(_orders.Skip(1), order => order.IsCompleted);
        _orders.AddRange(askedFor);
        await PassUntilAllHaveAnswers(sender, destination);
        Assert.Equal(1 + 10 + ModelledJourneys.Prefetch / 2, destination.Requests.Sum(request => request.Events));
    }

    private static ProfileStoreOptions Options(Uri address, double perSecond = 0, int batch = 100, int concurrency = 4, TimeSpan? hold = null) =>
        new() { BaseAddress = address, SubscriptionKey = "key", RequestsPerSecond = perSecond, BatchSize = batch, Concurrency = concurrency, HoldFor = hold ?? TimeSpan.FromMinutes(2) };

    private static (HttpStatusCode Status, TimeSpan After, (string Name, string Value)? Header) Good() => (HttpStatusCode.Accepted, Latency, null);

    private static double Rate(ScriptedDestination destination, int from, int to) =>
        destination.Requests.Count(request => request.At.TotalSeconds >= from && request.At.TotalSeconds < to) / (double)(to - from);

    private ScriptedDestination Answering(Func<TimeSpan, int, (HttpStatusCode Status, TimeSpan After, (string Name, string Value)? Header)> script) => new(_time, script);

    /// <summary>The clock moves, then orders come; ends when all of them wait for the clock.</summary>
    private async Task Pass(VirtualSender sender, ScriptedDestination destination, TimeSpan by, int orders, IReadOnlyList<Task<TrackingOutcome>>? others = null)
    {
        await _time.Pass(by, AllWait);
        for (var i = 0; i < orders; i++)
            _orders.Add(sender.Send(_orders.Count));
        await _time.Pass(TimeSpan.Zero, AllWait);

        bool AllWait() => sender.Gate.Report() is var report
            && _orders.Concat(others ?? []).Count(order => !order.IsCompleted) is var open && open == report.Held + destination.EventsUnderWay
            && report.Rests(sender, open, destination.RequestsUnderWay);
    }

    private async Task PassUntilAllHaveAnswers(VirtualSender sender, ScriptedDestination destination)
    {
        while (_orders.Exists(order => !order.IsCompleted))
            await Pass(sender, destination, TimeSpan.FromMilliseconds(50), orders: 0);
    }
}
