using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.ResolvingCustomers;
using CustomerResolution.Tests.LookingUpCustomers;

namespace CustomerResolution.Tests.CachingAnswers;

public sealed class When_a_card_is_asked_for_again
{
    [Theory]
    [InlineData(true, 10 * 60)]
    [InlineData(false, 30)]
    public async Task It_is_answered_from_memory_for_as_long_as_such_an_answer_lives(bool known, int seconds)
    {
        var provider = ScriptedProvider.Answering(known ? ScriptedProvider.Customer : ScriptedProvider.Status(404));
        var directory = Directory(provider);

        await directory.Find("1", KnownMisses.Count, default);
        provider.Time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        await directory.Find("1", KnownMisses.Count, default);
        Assert.Single(provider.Arrivals);
        provider.Time.Advance(TimeSpan.FromSeconds(0.1));
        await directory.Find("1", KnownMisses.Count, default);

        Assert.Equal(2, provider.Arrivals.Count);
    }

    [Fact]
    public async Task It_is_asked_on_purpose_at_the_provider_when_only_nobody_is_remembered()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(404), ScriptedProvider.Customer);
        var directory = Directory(provider);
        await directory.Find("1", KnownMisses.Count, default);

        var answers = new[] { await directory.Find("1", KnownMisses.AskAgain, default), await directory.Find("1", KnownMisses.AskAgain, default) };

        Assert.All(answers, answer => Assert.Equal(LookupOutcome.Found, answer.Outcome));
        Assert.Equal(2, provider.Arrivals.Count);
    }

    [Fact]
    public async Task It_is_not_answered_with_an_unusable_answer_of_before()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(400), ScriptedProvider.Customer);
        var directory = Directory(provider);

        Assert.Equal(LookupOutcome.Unavailable, (await directory.Find("1", KnownMisses.Count, default)).Outcome);

        Assert.Equal(LookupOutcome.Found, (await directory.Find("1", KnownMisses.Count, default)).Outcome);
    }

    [Fact]
    public async Task It_is_remembered_for_no_more_cards_than_configured()
    {
        var provider = ScriptedProvider.With(settings => settings with { CacheSize = 2 }, ScriptedProvider.Customer);
        var directory = Directory(provider);

        foreach (var card in new[] { "1", "2", "3", "3", "2", "1" })
            await directory.Find(card, KnownMisses.Count, default);

        Assert.Equal(4, provider.Arrivals.Count);
    }

    private static CustomerDirectory Directory(ScriptedProvider provider) => new(provider.Settings, provider.Client, provider.Time, provider.Metrics);
}
