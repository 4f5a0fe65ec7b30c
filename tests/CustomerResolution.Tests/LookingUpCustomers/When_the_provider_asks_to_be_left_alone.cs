using CustomerResolution.LookingUpCustomers;
using MessageExamples;

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
