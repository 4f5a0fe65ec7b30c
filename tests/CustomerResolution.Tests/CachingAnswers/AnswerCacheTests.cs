using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.Tests.LookingUpCustomers;
using MessageExamples;

namespace CustomerResolution.Tests.CachingAnswers;

public sealed class AnswerCacheTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void TryGet_gives_an_answer_until_its_lifetime_is_over()
    {
        var cache = new AnswerCache(10, 10, _time);
        cache.Keep(ScriptedProvider.Card("1"), LookupAnswer.NotFound, TimeSpan.FromSeconds(30));

        _time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.True(cache.TryGet(ScriptedProvider.Card("1"), out var answer));
        Assert.Equal(LookupOutcome.NotFound, answer.Outcome);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(cache.TryGet(ScriptedProvider.Card("1"), out _));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Keep_replaces_an_older_answer_and_its_lifetime()
    {
        var cache = new AnswerCache(10, 10, _time);
        cache.Keep(ScriptedProvider.Card("1"), LookupAnswer.NotFound, TimeSpan.FromSeconds(30));
        cache.Keep(ScriptedProvider.Card("1"), LookupAnswer.Blocked(), TimeSpan.FromSeconds(60));

        _time.Advance(TimeSpan.FromSeconds(59));

        Assert.True(cache.TryGet(ScriptedProvider.Card("1"), out var answer));
        Assert.Equal(LookupOutcome.Blocked, answer.Outcome);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Keep_for_no_time_forgets_the_older_answer_and_keeps_nothing()
    {
        var cache = new AnswerCache(10, 10, _time);
        cache.Keep(ScriptedProvider.Card("1"), LookupAnswer.NotFound, TimeSpan.FromSeconds(30));

        cache.Keep(ScriptedProvider.Card("1"), LookupAnswer.Blocked(), TimeSpan.Zero);

        Assert.False(cache.TryGet(ScriptedProvider.Card("1"), out _));
    }

    [Fact]
    public void A_full_cache_forgets_the_answer_that_was_not_used_for_longest()
    {
        var cache = new AnswerCache(1, 3, _time);
        foreach (var card in new[] { "1", "2", "3" })
            cache.Keep(ScriptedProvider.Card(card), LookupAnswer.NotFound, TimeSpan.FromMinutes(1));
        Assert.True(cache.TryGet(ScriptedProvider.Card("1"), out _));

        cache.Keep(ScriptedProvider.Card("4"), LookupAnswer.NotFound, TimeSpan.FromMinutes(1));

        Assert.Equal(["1", "3", "4"], new[] { "1", "2", "3", "4" }.Where(card => cache.TryGet(ScriptedProvider.Card(card), out _)));
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void A_flood_of_misses_pushes_no_hit_out()
    {
        var cache = new AnswerCache(2, 3, _time);
        cache.Keep(ScriptedProvider.Card("known"), LookupAnswer.Found(An.Customer()), TimeSpan.FromMinutes(1));

        for (var i = 0; i < 1000; i++)
            cache.Keep(ScriptedProvider.Card($"{i}"), LookupAnswer.NotFound, TimeSpan.FromMinutes(1));

        Assert.True(cache.TryGet(ScriptedProvider.Card("known"), out _));
        Assert.Equal(4, cache.Count);
    }

    [Fact]
    public void A_miss_that_became_a_hit_counts_as_a_hit_only()
    {
        var cache = new AnswerCache(1, 1, _time);
        cache.Keep(ScriptedProvider.Card("1"), LookupAnswer.NotFound, TimeSpan.FromMinutes(1));

        cache.Keep(ScriptedProvider.Card("1"), LookupAnswer.Found(An.Customer()), TimeSpan.FromMinutes(1));
        cache.Keep(ScriptedProvider.Card("2"), LookupAnswer.NotFound, TimeSpan.FromMinutes(1));

        Assert.True(cache.TryGet(ScriptedProvider.Card("1"), out var answer));
        Assert.Equal(LookupOutcome.Found, answer.Outcome);
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void A_cache_of_size_zero_keeps_nothing()
    {
        var cache = new AnswerCache(1, 0, _time);

        cache.Keep(ScriptedProvider.Card("1"), LookupAnswer.NotFound, TimeSpan.FromMinutes(1));

        Assert.False(cache.TryGet(ScriptedProvider.Card("1"), out _));
    }

    [Fact]
    public void Many_threads_never_make_it_larger_than_its_size()
    {
        var cache = new AnswerCache(1, 50, _time);

        Parallel.For(0, 20_000, i =>
        {
            cache.Keep(ScriptedProvider.Card($"{i % 200}"), LookupAnswer.NotFound, TimeSpan.FromMinutes(1));
            cache.TryGet(ScriptedProvider.Card($"{(i + 7) % 200}"), out _);
            Assert.InRange(cache.Count, 0, 50);
        });

        Assert.Equal(50, cache.Count);
    }
}
