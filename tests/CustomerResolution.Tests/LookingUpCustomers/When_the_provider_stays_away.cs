using CustomerResolution.LookingUpCustomers;
using Polly.CircuitBreaker;
using ServiceDefaults.PacingRequests;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class When_the_provider_stays_away
{
    private static readonly Func<CancellationToken, Task<HttpResponseMessage>> Away = ScriptedProvider.Status(503);

    [Fact]
    public async Task It_is_not_asked_while_the_circuit_is_open()
    {
        var provider = await Opened(Away);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default)));

        Assert.All(answers, answer => Assert.Equal(new LookupFailure(LookupFailureKind.NotAsked), answer.Failure));
        Assert.Equal(ProviderProtection.Judged, provider.Arrivals.Count);
        Assert.True(provider.Condition.IsLeftAlone());
        Assert.Matches("^circuit open, nothing is asked for 10 s at a time; at 12:00:[0-9]{2} UTC it answered 503, an error of its own$", provider.Condition.Problem());
    }

    [Fact]
    public async Task It_is_asked_once_when_the_break_is_over_and_left_alone_again_when_that_fails()
    {
        var provider = await Opened(Away);
        provider.Time.Advance(ProviderProtection.Break);

        // The failed request opens the circuit anew, so its own next attempt is not made.
        var probe = await Find(provider);
        var next = await Find(provider);

        Assert.Equal((LookupFailureKind.NotAsked, LookupFailureKind.NotAsked), (probe.Failure?.Kind, next.Failure?.Kind));
        Assert.Equal(ProviderProtection.Judged + 1, provider.Arrivals.Count);
        Assert.Equal(CircuitState.Open, provider.Condition.Circuit.CircuitState);
    }

    [Fact]
    public async Task It_is_asked_by_everybody_once_it_has_answered()
    {
        var provider = await Opened([.. Enumerable.Repeat(Away, ProviderProtection.Judged), ScriptedProvider.Customer]);
        provider.Time.Advance(ProviderProtection.Break);

        var answers = new[] { await Find(provider), await Find(provider) };

        Assert.All(answers, answer => Assert.Equal(LookupOutcome.Found, answer.Outcome));
        Assert.Equal(CircuitState.Closed, provider.Condition.Circuit.CircuitState);
        Assert.Equal("asked at 5/s at most for a while after its return", provider.Condition.Problem());
        Assert.False(provider.Condition.IsLeftAlone());
        provider.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(provider.Condition.Problem());
    }

    [Fact]
    public async Task It_is_asked_at_a_low_rate_at_first_when_it_is_back()
    {
        var provider = await Opened([.. Enumerable.Repeat(Away, ProviderProtection.Judged), ScriptedProvider.Customer]);
        provider.Time.Advance(ProviderProtection.Break);
        await Find(provider);
        var back = provider.Arrivals[^1];

        var lookups = Task.WhenAll(Enumerable.Range(0, 40).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default)));
        for (var i = 0; i < 400 && !lookups.IsCompleted; i++)
        {
            await RealServers.Eventually.Holds(() => Task.FromResult(lookups.IsCompleted || provider.Time.Waiting > 0), what: "waiting for the clock");
            provider.Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.All(await lookups, answer => Assert.Equal(LookupOutcome.Found, answer.Outcome));
        var inTheFirstStep = provider.Arrivals.Count(arrival => arrival >= back && arrival < back + ReturnRamp.Step);
        Assert.InRange(inTheFirstStep, 20, 27);
    }

    [Fact]
    public async Task It_is_left_alone_for_as_long_as_it_says_but_no_longer_than_the_bound()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(503, new(TimeSpan.FromHours(1))), ScriptedProvider.Customer);
        Assert.Equal(LookupFailureKind.ServerError, (await provider.Client.Find(ScriptedProvider.Card("1"), default)).Failure?.Kind);

        provider.Time.Advance(ProviderProtection.LongestGuess - TimeSpan.FromSeconds(6));
        Assert.Equal(LookupFailureKind.NotAsked, (await provider.Client.Find(ScriptedProvider.Card("2"), default)).Failure?.Kind);
        Assert.Contains("left alone until 12:00:30 UTC, as it asked", provider.Condition.Problem(), StringComparison.Ordinal);
        Assert.True(provider.Condition.IsLeftAlone());
        provider.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(LookupOutcome.Found, (await provider.Client.Find(ScriptedProvider.Card("2"), default)).Outcome);
    }

    [Fact]
    public async Task It_stays_in_use_while_cards_are_merely_unknown()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(404));

        for (var i = 0; i < 5 * ProviderProtection.Judged; i++)
            Assert.Equal(LookupOutcome.NotFound, (await provider.Client.Find(ScriptedProvider.Card($"{i}"), default)).Outcome);

        Assert.Equal(CircuitState.Closed, provider.Condition.Circuit.CircuitState);
    }

    private static async Task<ScriptedProvider> Opened(params Func<CancellationToken, Task<HttpResponseMessage>>[] script)
    {
        var provider = ScriptedProvider.Answering(script);
        while (provider.Arrivals.Count < ProviderProtection.Judged)
            Assert.Equal(LookupOutcome.Unavailable, (await Find(provider)).Outcome);
        return provider;
    }

    private static Task<LookupAnswer> Find(ScriptedProvider provider) =>
        provider.PassTimeUntilAnswered(provider.Client.Find(ScriptedProvider.Card("1"), default), TimeSpan.FromMilliseconds(100));
}
