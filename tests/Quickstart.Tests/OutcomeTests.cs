using Quickstart.ReportingOutcome;

namespace Quickstart.Tests;

public class OutcomeTests
{
    private static readonly Outcome Lawful = new(
        Accepted: 10, Tracked: 4, Waiting: 3, Unidentified: 2, Suppressed: 1, Failed: 0, UnderWay: 0, Delivered: 4, Doubled: 0, RejectedRows: 7);

    [Fact]
    public void IsLawful_when_every_accepted_order_is_somewhere_once() => Assert.True(Lawful.IsLawful);

    [Fact]
    public void Law_is_the_sentence_scripts_read() =>
        Assert.Equal("10 accepted = 4 tracked + 3 waiting + 2 unidentified + 1 suppressed + 0 failed", Lawful.Law);

    [Fact]
    public void IsLawful_where_odp_holds_the_orders_of_unknown_cards_too() => Assert.True((Lawful with { AtOdp = 7 }).IsLawful);

    public static TheoryData<string> Broken => ["not at ODP", "lost", "under way", "doubled", "tracked but not delivered", "delivered but not tracked"];

    [Theory]
    [MemberData(nameof(Broken))]
    public void IsLawful_is_false_when_an_order_is(string how)
    {
        var outcome = how switch
        {
            "not at ODP" => Lawful with { AtOdp = 3 },
            "lost" => Lawful with { Accepted = 11 },
            "under way" => Lawful with { Accepted = 11, UnderWay = 1 },
            "doubled" => Lawful with { Doubled = 1 },
            "tracked but not delivered" => Lawful with { Delivered = 3 },
            _ => Lawful with { Delivered = 5 },
        };
        Assert.False(outcome.IsLawful);
    }

    [Fact]
    public void Law_does_not_say_equal_when_it_is_not() => Assert.Contains("≠", (Lawful with { Accepted = 11 }).Law, StringComparison.Ordinal);
}
