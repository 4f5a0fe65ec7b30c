using CustomerResolution.LookingUpCustomers;
using CustomerResolution.Tests.LookingUpCustomers;
using MessageExamples;

namespace CustomerResolution.Tests.UnderLoad;

[Collection(nameof(NothingBeside))]
public sealed class When_the_provider_refuses_what_is_too_much(ITestOutputHelper output)
{
    private const int Lookups = 1000, Limit = 20;

    /// <summary>
    /// Twenty requests a second are taken, 1,000 customers wanted. Nobody can know the limit before the first answers, so as many requests as may be
    /// under way at a time are refused at once; of those that follow, few are.
    /// </summary>
    [Theory]
    [InlineData(nameof(CountingProvider.Style.Silent))]
    [InlineData(nameof(CountingProvider.Style.RetryAfterInSeconds))]
    [InlineData(nameof(CountingProvider.Style.RetryAfterAsDate))]
    [InlineData(nameof(CountingProvider.Style.RateLimit))]
    [InlineData(nameof(CountingProvider.Style.RateLimitCombined))]
    [InlineData(nameof(CountingProvider.Style.XRateLimitEpoch))]
    [InlineData(nameof(CountingProvider.Style.XDashRateLimitSeconds))]
    public async Task It_refuses_few_requests_after_the_first(string style)
    {
        var counting = new CountingProvider(Enum.Parse<CountingProvider.Style>(style), Limit, TimeSpan.FromSeconds(1));
        var provider = ScriptedProvider.Answering(counting.Answer);
        counting.Time = provider.Time;

        var (unavailable, firstRefusals) = (0, -1);
        var waiting = Enumerable.Range(0, Lookups).ToList();
        // Like the journey: who got no answer is asked for again.
        while (waiting.Count > 0)
        {
            var answers = waiting.Select(i => provider.Client.Find(ScriptedProvider.Card($"{i}"), default)).ToList();
            var all = Task.WhenAll(answers);
            while (!all.IsCompleted)
            {
                await provider.Time.Pass(TimeSpan.FromMilliseconds(10), () => answers.Count(answer => !answer.IsCompleted) == provider.Condition.Waiting + counting.UnderWay);
                if (firstRefusals < 0 && provider.Time.GetUtcNow() >= An.Noon.AddSeconds(1))
                    firstRefusals = counting.Refused;
            }
            waiting = [.. waiting.Zip(await all).Where(asked => asked.Second.Outcome == LookupOutcome.Unavailable).Select(asked => asked.First)];
            unavailable += waiting.Count;
        }

        var seconds = (provider.Time.GetUtcNow() - An.Noon).TotalSeconds;
        var later = counting.Refused - firstRefusals;
        output.WriteLine($"{style,-22} {Lookups} look-ups, {Limit}/s taken: {counting.Accepted + counting.Refused} requests, {counting.Refused} refused ({firstRefusals} in the first second, "
            + $"{later} later = {100d * later / Lookups:0.0} %), {unavailable} look-ups asked for again, {seconds:0} s = {Lookups / seconds:0.0}/s");
        Assert.Equal(Lookups, counting.Accepted);
        Assert.InRange(firstRefusals, 1, provider.Settings.Concurrency);
        Assert.InRange(later, 0, Lookups / 10);
        Assert.InRange(seconds, Lookups / Limit - 1, 4 * Lookups / Limit);
    }
}
