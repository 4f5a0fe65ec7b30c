using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.NormalisingIdentifiers;
using CustomerResolution.Tests.LookingUpCustomers;

namespace CustomerResolution.Tests.CachingAnswers;

public sealed class When_a_card_is_asked_for_again
{
    private static readonly Identifier Card = ScriptedProvider.Card("1");

    [Theory]
    [InlineData(true, 10 * 60)]
    [InlineData(false, 30)]
    public async Task It_is_answered_from_memory_for_as_long_as_such_an_answer_lives(bool known, int seconds)
    {
        var provider = ScriptedProvider.Answering(known ? ScriptedProvider.Customer : ScriptedProvider.Status(404));
        var directory = Directory(provider);

        await directory.Find(Card, null, default);
        provider.Time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        await directory.Find(Card, null, default);
        Assert.Single(provider.Arrivals);
        provider.Time.Advance(TimeSpan.FromSeconds(0.1));
        await directory.Find(Card, null, default);

        Assert.Equal(2, provider.Arrivals.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_asked_at_the_provider_when_what_is_remembered_was_asked_for_too_early(bool known)
    {
        var provider = ScriptedProvider.Answering(known ? ScriptedProvider.Customer : ScriptedProvider.Status(404), ScriptedProvider.Customer);
        var directory = Directory(provider);
        await directory.Find(Card, null, default);
        provider.Time.Advance(TimeSpan.FromSeconds(1));
        var notBefore = provider.Time.GetUtcNow();

        var answers = new[] { await directory.Find(Card, notBefore, default), await directory.Find(Card, notBefore, default) };

        Assert.All(answers, answer => Assert.Equal((LookupOutcome.Found, notBefore), (answer.Outcome, answer.AskedAt)));
        Assert.Equal(2, provider.Arrivals.Count);
    }

    [Fact]
    public async Task It_is_not_answered_with_an_unusable_answer_of_before()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(400), ScriptedProvider.Customer);
        var directory = Directory(provider);

        Assert.Equal(LookupOutcome.Unavailable, (await directory.Find(Card, null, default)).Outcome);

        Assert.Equal(LookupOutcome.Found, (await directory.Find(Card, null, default)).Outcome);
    }

    [Fact]
    public async Task It_is_remembered_for_no_more_cards_than_configured()
    {
        var provider = ScriptedProvider.With(settings => settings with { CacheSize = 2 }, ScriptedProvider.Customer);
        var directory = Directory(provider);

        foreach (var card in new[] { "1", "2", "3", "3", "2", "1" })
            await directory.Find(ScriptedProvider.Card(card), null, default);

        Assert.Equal(4, provider.Arrivals.Count);
    }

    [Fact]
    public async Task It_is_remembered_with_its_customer_however_many_unknown_cards_come()
    {
        var provider = ScriptedProvider.With(settings => settings with { CacheMissSize = 2 }, ScriptedProvider.Customer, ScriptedProvider.Status(404));
        var directory = Directory(provider);
        await directory.Find(Card, null, default);

        for (var i = 0; i < 100; i++)
            await directory.Find(ScriptedProvider.Card($"unknown {i}"), null, default);

        Assert.Equal(LookupOutcome.Found, (await directory.Find(Card, null, default)).Outcome);
        Assert.Equal(101, provider.Arrivals.Count);
    }

    [Fact]
    public async Task It_is_not_remembered_from_a_look_up_that_began_before_it_was_registered()
    {
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        var provider = ScriptedProvider.Answering(_ => slow.Task, ScriptedProvider.Customer);
        var directory = Directory(provider);
        var early = directory.Find(Card, null, default);
        provider.Time.Advance(TimeSpan.FromTicks(1));

        directory.Outdate(CardNumbers.KeyOf(Card.Value), provider.Time.GetUtcNow());
        slow.SetResult(new(System.Net.HttpStatusCode.NotFound));

        Assert.Equal(LookupOutcome.NotFound, (await early).Outcome);
        Assert.Equal(LookupOutcome.Found, (await directory.Find(Card, null, default)).Outcome);
        Assert.Equal(2, provider.Arrivals.Count);
    }

    [Fact]
    public async Task It_does_not_wait_for_a_look_up_that_began_too_early_for_it()
    {
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        var provider = ScriptedProvider.Answering(_ => slow.Task, ScriptedProvider.Customer);
        var directory = Directory(provider);
        var early = directory.Find(Card, null, default);
        provider.Time.Advance(TimeSpan.FromSeconds(1));

        var later = await directory.Find(Card, provider.Time.GetUtcNow(), default).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(LookupOutcome.Found, later.Outcome);
        slow.SetResult(new(System.Net.HttpStatusCode.NotFound));
        Assert.Equal(LookupOutcome.NotFound, (await early).Outcome);
        // The answer that was asked for earlier came later, and is not the one that is remembered.
        Assert.Equal(LookupOutcome.Found, (await directory.Find(Card, null, default)).Outcome);
    }

    [Fact]
    public async Task It_is_asked_once_per_card_on_behalf_of_a_clock_that_is_ahead()
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Customer);
        var directory = Directory(provider);
        var registeredAt = provider.Time.GetUtcNow() + TimeSpan.FromSeconds(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(order => directory.Find(ScriptedProvider.Card($"{order % 400}"), registeredAt, default)));
        await directory.Find(ScriptedProvider.Card("0"), registeredAt, default);

        Assert.All(answers, answer => Assert.Equal((LookupOutcome.Found, registeredAt), (answer.Outcome, answer.AskedAt)));
        Assert.Equal(400, provider.Arrivals.Count);
    }

    [Fact]
    public async Task It_is_joined_on_its_way_on_behalf_of_a_clock_that_is_ahead()
    {
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        var provider = ScriptedProvider.Answering(_ => slow.Task);
        var directory = Directory(provider);
        var registeredAt = provider.Time.GetUtcNow() + TimeSpan.FromSeconds(1);

        var lookups = Enumerable.Range(0, 3).Select(_ => directory.Find(Card, registeredAt, default)).ToList();
        slow.SetResult(new(System.Net.HttpStatusCode.NotFound));

        Assert.All(await Task.WhenAll(lookups), answer => Assert.Equal(LookupOutcome.NotFound, answer.Outcome));
        Assert.Single(provider.Arrivals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_asked_at_the_provider_when_it_was_registered_since(bool alone)
    {
        var provider = ScriptedProvider.Answering(ScriptedProvider.Status(404), ScriptedProvider.Status(404), ScriptedProvider.Customer);
        var (directory, other) = (Directory(provider), ScriptedProvider.Card("other"));
        await directory.Find(Card, null, default);
        await directory.Find(other, null, default);
        provider.Time.Advance(TimeSpan.FromSeconds(1));

        if (alone)
            directory.Outdate(CardNumbers.KeyOf(Card.Value), provider.Time.GetUtcNow());
        else
            directory.OutdateCards(provider.Time.GetUtcNow());

        Assert.Equal(LookupOutcome.Found, (await directory.Find(Card, null, default)).Outcome);
        Assert.Equal(LookupOutcome.Found, (await directory.Find(Card, null, default)).Outcome);
        Assert.Equal(alone ? LookupOutcome.NotFound : LookupOutcome.Found, (await directory.Find(other, null, default)).Outcome);
        Assert.Equal(alone ? 3 : 4, provider.Arrivals.Count);
    }

    private static CustomerDirectory Directory(ScriptedProvider provider) => new(provider.Settings, provider.Client, provider.Time, provider.Metrics);
}
