namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class When_requests_per_second_are_limited
{
    [Fact]
    public async Task It_spaces_requests_evenly()
    {
        var provider = ScriptedProvider.With(settings => settings with { RequestsPerSecond = 4 }, ScriptedProvider.Customer);
        var lookups = Enumerable.Range(0, 3).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default)).ToList();
        Assert.Equal([TimeSpan.Zero], provider.Arrivals);

        await provider.UntilItWaits();
        provider.Time.Advance(TimeSpan.FromSeconds(0.25));
        await provider.UntilArrived(2);
        await provider.UntilItWaits();
        provider.Time.Advance(TimeSpan.FromSeconds(0.25));
        await Task.WhenAll(lookups);

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5)], provider.Arrivals);
    }

    [Fact]
    public async Task It_sends_all_at_once_without_a_limit()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Customer);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default)));

        Assert.Equal(Enumerable.Repeat(TimeSpan.Zero, 10), provider.Arrivals);
    }
}
