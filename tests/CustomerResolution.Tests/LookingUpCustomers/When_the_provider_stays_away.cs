using CustomerResolution.LookingUpCustomers;
using Polly.CircuitBreaker;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class When_the_provider_stays_away
{
    // Not retried, so that requests are easily counted: the pause asked for is longer than the bound.
    private static readonly Func<CancellationToken, Task<HttpResponseMessage>> Away = ScriptedProvider.Status(503, new(TimeSpan.FromMinutes(1)));

    [Fact]
    public async Task It_is_not_asked_while_the_circuit_is_open()
    {
        var provider = await Opened(Away);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default)));

        Assert.All(answers, answer => Assert.Equal(new LookupFailure(LookupFailureKind.NotAsked), answer.Failure));
        Assert.Equal(ProviderProtection.Judged, provider.Arrivals.Count);
        Assert.True(provider.Condition.IsLeftAlone());
        Assert.Equal("circuit open, nothing is asked for 10 s at a time; at 12:00:00 UTC it answered 503, an error of its own", provider.Condition.Problem());
    }

    [Fact]
    public async Task It_is_asked_once_when_the_break_is_over_and_left_alone_again_when_that_fails()
    {
        var provider = await Opened(Away);
        provider.Time.Advance(ProviderProtection.Break);

        var probe = await provider.Client.Find(ScriptedProvider.Card("1"), default);
        var next = await provider.Client.Find(ScriptedProvider.Card("1"), default);

        Assert.Equal(LookupFailureKind.ServerError, probe.Failure?.Kind);
        Assert.Equal(LookupFailureKind.NotAsked, next.Failure?.Kind);
        Assert.Equal(ProviderProtection.Judged + 1, provider.Arrivals.Count);
        Assert.Equal(CircuitState.Open, provider.Condition.Circuit.CircuitState);
    }

    [Fact]
    public async Task It_is_asked_by_everybody_once_it_has_answered()
    {
        var provider = await Opened([.. Enumerable.Repeat(Away, ProviderProtection.Judged), ScriptedProvider.Customer]);
        provider.Time.Advance(ProviderProtection.Break);

        var answers = new[] { await provider.Client.Find(ScriptedProvider.Card("1"), default), await provider.Client.Find(ScriptedProvider.Card("2"), default) };

        Assert.All(answers, answer => Assert.Equal(LookupOutcome.Found, answer.Outcome));
        Assert.Equal(CircuitState.Closed, provider.Condition.Circuit.CircuitState);
        Assert.Null(provider.Condition.Problem());
        Assert.False(provider.Condition.IsLeftAlone());
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
        for (var i = 0; i < ProviderProtection.Judged; i++)
            Assert.Equal(LookupFailureKind.ServerError, (await provider.Client.Find(ScriptedProvider.Card($"{i}"), default)).Failure?.Kind);
        return provider;
    }
}
