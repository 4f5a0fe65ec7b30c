using MessageExamples;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.Tests.SendingEvents;

public sealed class OrderLinesTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void TakeRequest_fills_by_count_and_keeps_the_order()
    {
        var lines = Lines(events: 3);
        Add(lines, 'f', 5);

        Assert.Equal("fff", Take(lines));
        Assert.Equal("ff", Take(lines));
        Assert.Equal("", Take(lines));
    }

    [Fact]
    public void TakeRequest_fills_by_bytes_brackets_and_commas_included()
    {
        // Three events of 10 bytes, a comma each, and the brackets.
        var lines = Lines(bytes: 2 + 3 * 11);
        Add(lines, 'f', 4);
        Assert.Equal("fff", Take(lines));

        lines = Lines(bytes: 2 + 3 * 11 - 1);
        Add(lines, 'f', 4);
        Assert.Equal("ff", Take(lines));
    }

    [Fact]
    public void TakeRequest_takes_one_that_is_larger_than_a_request_all_the_same()
    {
        var lines = Lines(bytes: 5);
        Add(lines, 'f', 2);

        Assert.Equal("f", Take(lines));
    }

    [Fact]
    public void TakeRequest_gives_three_places_of_four_to_fresh_orders_while_others_wait()
    {
        var lines = Lines(events: 8);
        Add(lines, 'a', 20);
        Add(lines, 'f', 20);

        Assert.Equal("fffafffa", Take(lines));
        Assert.Equal("fffafffa", Take(lines));
    }

    [Fact]
    public void TakeRequest_takes_turns_where_a_request_holds_one_event()
    {
        var lines = Lines(events: 1);
        Add(lines, 'a', 20);
        Add(lines, 'f', 20);

        Assert.Equal("fffafffa", string.Concat(Enumerable.Range(0, 8).Select(_ => Take(lines))));
    }

    [Theory]
    [InlineData('f')]
    [InlineData('a')]
    public void TakeRequest_leaves_no_place_empty_that_the_others_do_not_need(char line)
    {
        var lines = Lines(events: 8);
        Add(lines, line, 20);

        Assert.Equal(new string(line, 8), Take(lines));
    }

    [Fact]
    public void TakeRequest_sends_alone_who_must_be_alone_and_shared_requests_in_between()
    {
        var lines = Lines(events: 4);
        Add(lines, 'x', 3);
        Add(lines, 'f', 6);

        Assert.Equal(["x", "ffff", "x", "ff", "x", ""], Enumerable.Range(0, 6).Select(_ => Take(lines)));
    }

    [Fact]
    public void Remove_takes_out_who_is_still_waiting_and_nobody_else()
    {
        var lines = Lines();
        var (first, second) = (Add(lines, 'f', 1), Add(lines, 'f', 1));

        Assert.True(lines.Remove(first));
        Assert.False(lines.Remove(first));
        Assert.Equal("f", Take(lines));
        Assert.False(lines.Remove(second));
    }

    [Fact]
    public async Task UntilWorthIt_lets_a_lone_order_go_at_once()
    {
        var lines = Lines();
        var waits = lines.UntilWorthIt(TestContext.Current.CancellationToken);
        Assert.False(waits.IsCompleted);

        Add(lines, 'f', 1);

        await waits.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task UntilWorthIt_lets_a_lone_order_go_when_it_has_waited_for_company()
    {
        var lines = Lines(gatherFor: TimeSpan.FromMilliseconds(200));
        Add(lines, 'f', 1);
        var waits = lines.UntilWorthIt(TestContext.Current.CancellationToken);

        await _time.Pass(TimeSpan.FromMilliseconds(199));
        Assert.False(waits.IsCompleted);
        await _time.Pass(TimeSpan.FromMilliseconds(1));

        await waits.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(3, 1000)]
    [InlineData(1000, 35)]
    public async Task UntilWorthIt_lets_a_full_request_go_at_once(int events, int bytes)
    {
        var lines = Lines(events, bytes, TimeSpan.FromMilliseconds(200));
        var waits = lines.UntilWorthIt(TestContext.Current.CancellationToken);
        Add(lines, 'f', 2);
        await _time.Pass(TimeSpan.Zero);
        Assert.False(waits.IsCompleted);

        Add(lines, 'f', 2);

        await waits.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    /// <summary>A hundred messages are in hand, and those that a journey asks for again come all at once.</summary>
    [Fact]
    public void Add_of_many_at_once_leaves_no_more_than_the_places_for_those_asked_for_again()
    {
        const int Rounds = 20_000;
        var lines = Enumerable.Range(0, Rounds).Select(_ => Lines(mostAskedFor: 1)).ToArray();
        var places = new int[Rounds];
        using var together = new Barrier(2);
        var threads = Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                together.SignalAndWait();
                if (lines[round].Add(Event('a')) is not null)
                    Interlocked.Increment(ref places[round]);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.All(places, taken => Assert.Equal(1, taken));
    }

    [Fact]
    public void Add_of_one_asked_for_again_finds_no_place_where_all_are_taken_and_the_others_do()
    {
        var lines = Lines(mostAskedFor: 2);
        Add(lines, 'a', 2);

        Assert.Null(lines.Add(Event('a')));
        Assert.NotNull(lines.Add(Event('f')));
        Assert.NotNull(lines.Add(Event('x')));
    }

    private static WaitingEvent Add(OrderLines lines, char line, int times) => Enumerable.Range(0, times).Select(_ => lines.Add(Event(line))!).ToList()[^1];

    private static EventToSend Event(char line) => new(null!, new($"{line}", new byte[10]), Alone: line == 'x', IsFresh: line == 'f');

    private static string Take(OrderLines lines) => string.Concat(lines.TakeRequest(int.MaxValue).Select(one => one.ToSend.Event.TrackId));

    private OrderLines Lines(int events = 100, int bytes = 100_000, TimeSpan gatherFor = default, int mostAskedFor = 50) => new(events, bytes, gatherFor, mostAskedFor, _time);
}
