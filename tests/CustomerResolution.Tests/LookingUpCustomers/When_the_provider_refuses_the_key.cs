using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class When_the_provider_refuses_the_key
{
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task It_is_asked_once_per_pause_until_it_accepts_one(int status)
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(status), ScriptedProvider.Status(status), ScriptedProvider.Customer);
        Assert.Equal(new LookupFailure(LookupFailureKind.KeyRefused, status), (await provider.Client.Find(ScriptedProvider.Card("1"), default)).Failure);

        Assert.Equal([LookupFailureKind.NotAsked, LookupFailureKind.NotAsked], await Kinds(provider, 2));
        provider.Time.Advance(ProviderCondition.PauseAfterRefusal);
        Assert.Equal([LookupFailureKind.KeyRefused, LookupFailureKind.NotAsked], await Kinds(provider, 2));
        Assert.Contains($"answered {status}: it refuses the key", provider.Condition.Problem(), StringComparison.Ordinal);
        provider.Time.Advance(ProviderCondition.PauseAfterRefusal);
        Assert.Equal([null, null], await Kinds(provider, 2));

        Assert.Equal(4, provider.Arrivals.Count);
        Assert.Null(provider.Condition.Problem());
    }

    [Fact]
    public async Task It_is_left_alone_by_the_others_while_one_request_tries()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(401), ScriptedProvider.Silence);
        await provider.Client.Find(ScriptedProvider.Card("1"), default);
        provider.Time.Advance(ProviderCondition.PauseAfterRefusal);
        using var trying = new CancellationTokenSource();
        var probe = provider.Client.Find(ScriptedProvider.Card("1"), trying.Token);
        await provider.UntilArrived(2);

        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default))).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.All(others, answer => Assert.Equal(LookupFailureKind.NotAsked, answer.Failure?.Kind));
        Assert.Equal(2, provider.Arrivals.Count);
        await trying.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
    }

    private static async Task<List<LookupFailureKind?>> Kinds(ScriptedProvider provider, int lookups)
    {
        var kinds = new List<LookupFailureKind?>();
        for (var i = 0; i < lookups; i++)
            kinds.Add((await provider.Client.Find(ScriptedProvider.Card($"{i}"), default)).Failure?.Kind);
        return kinds;
    }
}
