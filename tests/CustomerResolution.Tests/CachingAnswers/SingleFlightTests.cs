using CustomerResolution.CachingAnswers;
using MessageExamples;

namespace CustomerResolution.Tests.CachingAnswers;

public sealed class SingleFlightTests
{
    private readonly ManualTime _time = new();
    private readonly List<int> _landed = [];
    private readonly SingleFlight<string, int> _flights;
    private int _calls;

    public SingleFlightTests() => _flights = new(_time, (_, result) => _landed.Add(result));

    [Fact]
    public async Task Concurrent_callers_of_one_key_share_one_call()
    {
        var landing = new TaskCompletionSource<int>();
        var callers = Enumerable.Range(0, 100).Select(_ => _flights.Join("1", null, Call(landing), default)).ToList();

        landing.SetResult(7);

        Assert.All(await Task.WhenAll(callers.Select(caller => caller.Result)), result => Assert.Equal(7, result));
        Assert.Equal(1, _calls);
        Assert.Equal(1, callers.Count(caller => caller.Started));
    }

    [Fact]
    public async Task Callers_of_other_keys_and_later_callers_make_calls_of_their_own()
    {
        var landing = new TaskCompletionSource<int>();
        var (one, two) = (_flights.Join("1", null, Call(landing), default), _flights.Join("2", null, Call(landing), default));
        landing.SetResult(7);
        await Task.WhenAll(one.Result, two.Result);

        Assert.True(_flights.Join("1", null, Call(landing), default).Started);
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task A_failure_reaches_all_who_waited_and_nobody_later()
    {
        var landing = new TaskCompletionSource<int>();
        var callers = Enumerable.Range(0, 10).Select(_ => _flights.Join("1", null, Call(landing), default).Result).ToList();
        landing.SetException(new InvalidOperationException("broken"));
        foreach (var caller in callers)
            await Assert.ThrowsAsync<InvalidOperationException>(() => caller);

        var later = new TaskCompletionSource<int>();
        later.SetResult(8);

        Assert.Equal(8, await _flights.Join("1", null, Call(later), default).Result);
    }

    [Fact]
    public async Task A_call_that_throws_at_once_fails_like_any_other()
    {
        var flight = _flights.Join("1", null, _ => throw new InvalidOperationException("broken"), default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => flight.Result);
        Assert.True(_flights.Join("1", null, Call(new()), default).Started);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_others_their_answer()
    {
        var landing = new TaskCompletionSource<int>();
        using var impatient = new CancellationTokenSource();
        // The first caller is the one that started the call: its giving up must not count more than another's.
        var first = _flights.Join("1", null, Call(landing), impatient.Token).Result;
        var second = _flights.Join("1", null, Call(landing), default).Result;

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        landing.SetResult(7);

        Assert.Equal(7, await second);
    }

    [Fact]
    public async Task The_call_is_cancelled_when_everybody_has_given_up_and_newcomers_start_anew()
    {
        using var impatient = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 3).Select(_ => _flights.Join("1", null, async token =>
        {
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(token);
            }
            finally
            {
                cancelled.SetResult();
            }
            return 7;
        }, impatient.Token).Result).ToList();

        await impatient.CancelAsync();

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        foreach (var caller in callers)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
        Assert.True(_flights.Join("1", null, Call(new()), default).Started);
    }

    [Fact]
    public async Task Who_needs_a_later_answer_than_the_call_under_way_can_bring_starts_another()
    {
        var (early, late) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var first = _flights.Join("1", null, Call(early), default);
        _time.Advance(TimeSpan.FromSeconds(1));
        var since = _time.GetUtcNow();
        var second = _flights.Join("1", since, Call(late), default);
        var third = _flights.Join("1", since, Call(late), default);
        late.SetResult(8);
        Assert.All(await Task.WhenAll(second.Result, third.Result).WaitAsync(TimeSpan.FromSeconds(30)), result => Assert.Equal(8, result));
        early.SetResult(7);

        Assert.Equal(7, await first.Result);
        Assert.Equal((true, true, false), (first.Started, second.Started, third.Started));
        Assert.Equal(2, _calls);
        // The overtaken call must not put its older answer over the later one.
        Assert.Equal([8], _landed);
    }

    private Func<CancellationToken, Task<int>> Call(TaskCompletionSource<int> landing) => token =>
    {
        Interlocked.Increment(ref _calls);
        return landing.Task.WaitAsync(token);
    };
}
