using CustomerResolution.LookingUpCustomers;
using MessageExamples;
using ServiceDefaults.PacingRequests;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class When_the_provider_asks_to_be_left_alone
{
    [Fact]
    public async Task It_asks_again_when_the_time_is_over_and_not_before()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(429, new(TimeSpan.FromSeconds(3))), ScriptedProvider.Customer);
        var lookup = provider.Client.Find(ScriptedProvider.Card("1"), default);
        await provider.UntilItWaits();
        provider.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Single(provider.Arrivals);

        provider.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(LookupOutcome.Found, (await lookup).Outcome);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(3)], provider.Arrivals);
    }

    [Fact]
    public async Task It_understands_a_date_as_well()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(503, new(An.Noon.AddSeconds(4))), ScriptedProvider.Customer);
        var lookup = provider.Client.Find(ScriptedProvider.Card("1"), default);
        await provider.UntilItWaits();

        provider.Time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(LookupOutcome.Found, (await lookup).Outcome);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(4)], provider.Arrivals);
    }

    [Fact]
    public async Task It_does_not_hold_the_order_for_longer_than_the_bound()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(429, new(TimeSpan.FromSeconds(6))));

        var answer = await provider.Client.Find(ScriptedProvider.Card("1"), default).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(new LookupFailure(LookupFailureKind.TooManyRequests, 429, TimeSpan.FromSeconds(6)), answer.Failure);
        Assert.Single(provider.Arrivals);
    }

    [Fact]
    public async Task It_is_left_alone_by_all_look_ups_not_only_by_the_one_it_told()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(429, new(TimeSpan.FromSeconds(60))), ScriptedProvider.Customer);
        await provider.Client.Find(ScriptedProvider.Card("1"), default);

        var others = await Task.WhenAll(Enumerable.Range(2, 20).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default))).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.All(others, answer => Assert.Equal(LookupFailureKind.NotAsked, answer.Failure?.Kind));
        Assert.Single(provider.Arrivals);
        Assert.StartsWith("left alone until 12:01:00 UTC, as it asked; slowed to 0.5/s because of 429 (too many requests)", provider.Condition.Problem(), StringComparison.Ordinal);
        Assert.True(provider.Condition.IsLeftAlone());
        provider.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(LookupOutcome.Found, (await provider.Client.Find(ScriptedProvider.Card("2"), default)).Outcome);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(60)], provider.Arrivals);
    }

    [Fact]
    public async Task It_is_waited_for_by_all_look_ups_when_the_pause_is_short()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(429, new(TimeSpan.FromSeconds(4))), ScriptedProvider.Customer);
        var first = provider.Client.Find(ScriptedProvider.Card("1"), default);
        await provider.UntilItWaits();

        var second = await provider.PassTimeUntilAnswered(provider.Client.Find(ScriptedProvider.Card("2"), default), TimeSpan.FromSeconds(0.5));

        Assert.Equal(LookupOutcome.Found, second.Outcome);
        Assert.Equal(LookupOutcome.Found, (await provider.PassTimeUntilAnswered(first, TimeSpan.FromSeconds(0.5))).Outcome);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(4)], provider.Arrivals.Take(2));
    }

    [Fact]
    public async Task It_is_not_asked_for_what_it_said_it_would_refuse()
    {
        var last = new HttpResponseMessage(System.Net.HttpStatusCode.NotFound);
        last.Headers.Add("X-RateLimit-Remaining", "0");
        last.Headers.Add("X-RateLimit-Reset", "40");
        var provider = ScriptedProvider.Answering(_ => Task.FromResult(last), ScriptedProvider.Customer);
        await provider.Client.Find(ScriptedProvider.Card("1"), default);

        Assert.Equal(LookupFailureKind.NotAsked, (await provider.Client.Find(ScriptedProvider.Card("2"), default)).Failure?.Kind);

        provider.Time.Advance(TimeSpan.FromSeconds(36));
        var waiting = provider.Client.Find(ScriptedProvider.Card("2"), default);
        Assert.Equal(LookupOutcome.Found, (await provider.PassTimeUntilAnswered(waiting, TimeSpan.FromSeconds(1))).Outcome);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(40)], provider.Arrivals);
    }

    [Fact]
    public async Task It_is_asked_again_one_day_however_long_the_pause_it_named()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(429, new(TimeSpan.FromDays(300))), ScriptedProvider.Customer);
        await provider.Client.Find(ScriptedProvider.Card("1"), default);

        provider.Time.Advance(RequestPace.LongestPause);

        Assert.Equal(LookupOutcome.Found, (await provider.Client.Find(ScriptedProvider.Card("2"), default)).Outcome);
    }

    [Fact]
    public async Task It_is_not_taken_for_away_because_it_refuses_what_is_too_much()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(429));

        for (var i = 0; i < 2 * ProviderProtection.Judged; i++)
            await provider.PassTimeUntilAnswered(provider.Client.Find(ScriptedProvider.Card($"{i}"), default), TimeSpan.FromSeconds(0.5));

        Assert.Equal(Polly.CircuitBreaker.CircuitState.Closed, provider.Condition.Circuit.CircuitState);
        // Nor is it asked all the time: the pauses it does not name grow.
        Assert.InRange(provider.Arrivals.Count, 4, 8);
    }

    [Fact]
    public async Task It_makes_three_attempts_with_growing_pauses_when_no_time_was_named()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(500));

        var answer = await provider.PassTimeUntilAnswered(provider.Client.Find(ScriptedProvider.Card("1"), default), TimeSpan.FromMilliseconds(10));

        Assert.Equal(new LookupFailure(LookupFailureKind.ServerError, 500), answer.Failure);
        Assert.Equal(3, provider.Arrivals.Count);
        // With jitter nothing more exact can be said: both pauses are there, and neither is long.
        Assert.InRange(provider.Arrivals[1], TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2));
        Assert.InRange(provider.Arrivals[2] - provider.Arrivals[1], TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(4));
    }
}
