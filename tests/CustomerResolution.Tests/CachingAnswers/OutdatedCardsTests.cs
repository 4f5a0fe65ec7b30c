using CustomerResolution.CachingAnswers;
using MessageExamples;

namespace CustomerResolution.Tests.CachingAnswers;

public sealed class OutdatedCardsTests
{
    private static readonly DateTimeOffset Early = An.Noon, Late = An.Noon.AddSeconds(1), Latest = An.Noon.AddSeconds(2);

    [Fact]
    public void Later_gives_the_latest_of_all_moments_whatever_came_first()
    {
        var outdated = new OutdatedCards(10);
        outdated.Add("one", Late);
        outdated.Add("one", Early);
        outdated.AddAll(Early);

        Assert.Equal(Late, outdated.Later(null, () => "one"));
        Assert.Equal(Late, outdated.Later(Early, () => "one"));
        Assert.Equal(Latest, outdated.Later(Latest, () => "one"));
        Assert.Equal(Early, outdated.Later(null, () => "other"));
    }

    [Fact]
    public void Later_gives_nothing_and_works_out_no_key_where_nothing_is_held()
    {
        var outdated = new OutdatedCards(10);

        Assert.Null(outdated.Later(null, () => throw new InvalidOperationException("nobody has to know the key")));
    }

    [Fact]
    public void A_full_memory_counts_no_answer_that_it_counted_out_before()
    {
        var outdated = new OutdatedCards(2);
        outdated.Add("one", Late);
        outdated.Add("two", Early);
        outdated.Add("three", Early);

        Assert.All(["one", "two", "three", "four"], card => Assert.Equal(Late, outdated.Later(null, () => card)));
    }
}
