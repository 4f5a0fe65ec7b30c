using CustomerResolution.LookingUpCustomers;
using CustomerResolution.Tests.LookingUpCustomers;
using MessageExamples;

namespace CustomerResolution.Tests.UnderLoad;

[Collection(nameof(NothingBeside))]
public sealed class When_a_turn_is_long_in_coming
{
    private static readonly LookupOptions Card = new() { Path = "cards/{card}", Take = new Dictionary<string, string> { ["holder"] = "$.holder" } };

    private static readonly LookupOptions Holder = new() { Path = "customers/{holder}", EmailPath = "$.email" };

    [Theory]
    [InlineData(64)]
    [InlineData(1)]
    public async Task A_look_up_is_left_to_the_journey_after_two_minutes(int concurrency)
    {
        var provider = ScriptedProvider.With(settings => settings with { RequestsPerSecond = 0.1, Concurrency = concurrency }, ScriptedProvider.Customer);
        var lookups = Enumerable.Range(0, 100).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default)).ToList();

        await Pass(provider, ProviderProtection.LongestWait + TimeSpan.FromSeconds(10), lookups);

        var answers = await Task.WhenAll(lookups).WaitAsync(TimeSpan.FromSeconds(30));
        // One at once, and one every ten seconds.
        Assert.Equal(13, provider.Arrivals.Count);
        Assert.Equal(13, answers.Count(answer => answer.Outcome == LookupOutcome.Found));
        Assert.All(answers.Where(answer => answer.Outcome != LookupOutcome.Found), answer => Assert.Equal(LookupFailureKind.NotAsked, answer.Failure?.Kind));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1)]
    public async Task A_look_up_that_has_begun_goes_before_all_others(int concurrency)
    {
        var provider = ScriptedProvider.With(
            settings => settings with { RequestsPerSecond = 0.1, Concurrency = concurrency, Lookups = [Card, Holder] },
            ScriptedProvider.Body("""{"holder":"h-1","email":"pat@shop.example"}"""));
        var lookups = Enumerable.Range(0, 100).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default)).ToList();

        await Pass(provider, ProviderProtection.LongestWait + TimeSpan.FromSeconds(40), lookups);

        var answers = await Task.WhenAll(lookups).WaitAsync(TimeSpan.FromSeconds(30));
        var (begun, ended) = (provider.Requests.Count(request => request.Line.Contains("/cards/", StringComparison.Ordinal)), answers.Count(answer => answer.Outcome == LookupOutcome.Found));
        Assert.InRange(begun, 6, 8);
        Assert.Equal(begun, ended);
    }

    [Fact]
    public async Task At_the_slowest_rate_a_look_up_of_two_steps_still_ends()
    {
        var provider = ScriptedProvider.With(
            settings => settings with { RequestsPerSecond = 0.01, Lookups = [Card, Holder] }, ScriptedProvider.Body("""{"holder":"h-1","email":"pat@shop.example"}"""));
        var lookups = Enumerable.Range(0, 100).Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default)).ToList();

        await Pass(provider, TimeSpan.FromMinutes(12), lookups);

        var answers = await Task.WhenAll(lookups).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains(answers, answer => answer.Outcome == LookupOutcome.Found);
    }

    /// <summary>Seconds pass one by one, each once all look-ups wait for it.</summary>
    private static async Task Pass(ScriptedProvider provider, TimeSpan time, List<Task<LookupAnswer>> lookups)
    {
        await provider.Time.Pass(TimeSpan.Zero, AllWait);
        for (var passed = TimeSpan.Zero; passed < time && lookups.Exists(lookup => !lookup.IsCompleted); passed += TimeSpan.FromSeconds(1))
            await provider.Time.Pass(TimeSpan.FromSeconds(1), AllWait);

        // Whoever was just called still counts as waiting until its request leaves: everybody waits once a timer is set for the next one.
        bool AllWait() => lookups.Count(lookup => !lookup.IsCompleted) is var open && (open == 0 || (provider.Condition.Waiting == open && provider.Time.Waiting > 0));
    }
}
