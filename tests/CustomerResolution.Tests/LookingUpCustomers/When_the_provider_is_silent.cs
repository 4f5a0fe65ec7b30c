using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class When_the_provider_is_silent
{
    [Fact]
    public async Task It_waits_for_the_configured_time_and_asks_again()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Silence, ScriptedProvider.Customer);
        var lookup = provider.Client.Find(ScriptedProvider.Card("1"), default);
        await provider.UntilArrived(1);
        provider.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(lookup.IsCompleted);

        var answer = await provider.PassTimeUntilAnswered(lookup, TimeSpan.FromSeconds(0.1));

        Assert.Equal(LookupOutcome.Found, answer.Outcome);
        Assert.Equal(2, provider.Arrivals.Count);
        Assert.True(provider.Arrivals[1] > TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task It_gives_up_after_three_attempts()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Silence);

        var answer = await provider.PassTimeUntilAnswered(provider.Client.Find(ScriptedProvider.Card("1"), default), TimeSpan.FromSeconds(0.5));

        Assert.Equal(new LookupFailure(LookupFailureKind.TimedOut), answer.Failure);
        Assert.Equal(3, provider.Arrivals.Count);
    }

    [Fact]
    public async Task It_ends_with_the_caller_when_the_caller_gives_up()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Silence);
        using var caller = new CancellationTokenSource();
        var lookup = provider.Client.Find(ScriptedProvider.Card("1"), caller.Token);
        await provider.UntilArrived(1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookup);
        Assert.Single(provider.Arrivals);
        Assert.Null(provider.Condition.Problem());
    }
}
