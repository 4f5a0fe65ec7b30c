using CustomerResolution.WatchingCards;
using MessageExamples;

namespace CustomerResolution.Tests.WatchingCards;

public sealed class CardUseTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Count_says_once_a_day_that_a_card_looks_shared()
    {
        var cards = new CardUse(3, 100, _time);

        Assert.Equal([false, false, false, true, false, false], Enumerable.Range(0, 6).Select(_ => cards.Count("a")));
        Assert.Equal((true, false), (cards.LooksShared("a"), cards.LooksShared("b")));
        _time.Advance(TimeSpan.FromHours(12));
        Assert.False(cards.LooksShared("a"));
        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(_ => cards.Count("a")));
    }

    [Fact]
    public void LooksShared_counts_nothing()
    {
        var cards = new CardUse(1, 100, _time);

        cards.Count("a");
        for (var i = 0; i < 10; i++)
            Assert.False(cards.LooksShared("a"));
    }

    [Fact]
    public void Count_counts_nothing_when_it_is_off()
    {
        var cards = new CardUse(0, 100, _time);

        Assert.DoesNotContain(true, Enumerable.Range(0, 1000).Select(_ => cards.Count("a")));
        Assert.Equal((false, 0), (cards.LooksShared("a"), cards.Counted));
    }

    [Fact]
    public void Count_stays_within_its_bound_and_keeps_the_card_that_is_used_most()
    {
        var cards = new CardUse(20, 1000, _time);

        for (var i = 0; i < 50_000; i++)
        {
            cards.Count($"card {i}");
            if (i % 50 == 0)
                cards.Count("a till's");
            Assert.InRange(cards.Counted, 1, 1000);
        }

        Assert.True(cards.LooksShared("a till's"));
    }

    [Fact]
    public void Count_is_exact_when_many_count_at_once()
    {
        var cards = new CardUse(500, 100, _time);
        var flagged = 0;

        Parallel.For(0, 1000, _ =>
        {
            if (cards.Count("a"))
                Interlocked.Increment(ref flagged);
        });

        Assert.Equal(1, flagged);
    }
}
