using MessageExamples;
using ServiceDefaults.PacingRequests;

namespace ServiceDefaults.Tests.PacingRequests;

public sealed class AdaptivePaceTests
{
    private static readonly DateTimeOffset Sent = An.Noon, Now = An.Noon.AddMilliseconds(50);

    [Fact]
    public void Refused_halves_the_configured_rate()
    {
        var pace = new AdaptivePace(20);

        pace.Refused(Sent, Now, 100, null);

        Assert.Equal(10, pace.PerSecond(Now));
        Assert.True(pace.IsSlowed(Now));
    }

    [Fact]
    public void Refused_begins_from_the_measured_rate_where_none_is_configured()
    {
        var pace = new AdaptivePace(double.PositiveInfinity);
        Assert.False(pace.IsSlowed(Now));

        pace.Refused(Sent, Now, 64, null);

        Assert.Equal(32, pace.PerSecond(Now));
    }

    [Fact]
    public void Refused_counts_once_for_requests_that_were_sent_before_the_slowing()
    {
        var pace = new AdaptivePace(20);

        for (var i = 0; i < 50; i++)
            pace.Refused(Sent, Now, 100, null);

        Assert.Equal(10, pace.PerSecond(Now));
    }

    [Fact]
    public void Refused_never_goes_below_the_floor_nor_above_what_is_configured()
    {
        var (unlimited, slow) = (new AdaptivePace(double.PositiveInfinity), new AdaptivePace(0.2));

        for (var i = 0; i < 50; i++)
        {
            unlimited.Refused(Sent.AddSeconds(i), Sent.AddSeconds(i), 1, null);
            slow.Refused(Sent.AddSeconds(i), Sent.AddSeconds(i), 1, null);
        }

        Assert.Equal((AdaptivePace.Floor, 0.2), (unlimited.PerSecond(Sent.AddSeconds(49)), slow.PerSecond(Sent.AddSeconds(49))));
    }

    [Theory]
    [InlineData(20, 0, 10)]
    [InlineData(20, 10, 15)]
    [InlineData(20, 19.9, 19.95)]
    [InlineData(20, 20, 20)]
    [InlineData(20, 9999, 20)]
    [InlineData(double.PositiveInfinity, 20, 20)]
    [InlineData(double.PositiveInfinity, 59.9, 39.95)]
    [InlineData(double.PositiveInfinity, 60, double.PositiveInfinity)]
    public void The_rate_comes_back_in_equal_steps(double most, double seconds, double expected)
    {
        var pace = new AdaptivePace(most);
        var pause = pace.Refused(Sent, Now, 20, null);

        Assert.Equal(expected, pace.PerSecond(Now + pause + TimeSpan.FromSeconds(seconds)), 1e-6);
    }

    [Fact]
    public void The_rate_does_not_come_back_during_the_pause()
    {
        var pace = new AdaptivePace(20);
        pace.Refused(Sent, Now, 20, TimeSpan.FromSeconds(100));

        Assert.Equal(10, pace.PerSecond(Now.AddSeconds(100)));
    }

    [Fact]
    public void The_pause_is_the_one_that_was_named() =>
        Assert.Equal(TimeSpan.FromSeconds(7), new AdaptivePace(20).Refused(Sent, Now, 20, TimeSpan.FromSeconds(7)));

    [Fact]
    public void A_pause_that_was_not_named_doubles_while_refusals_go_on_and_ends_with_them()
    {
        var (pace, at) = (new AdaptivePace(20), Sent);
        var pauses = new List<double>();

        for (var i = 0; i < 9; i++, at = at.AddMinutes(2))
            pauses.Add(pace.Refused(at, at, 20, i == 0 ? TimeSpan.Zero : null).TotalSeconds);
        pace.Accepted(at);
        pauses.Add(pace.Refused(at.AddMinutes(2), at.AddMinutes(2), 20, null).TotalSeconds);

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 1], pauses);
    }

    [Fact]
    public void Late_halves_the_rate_without_a_pause_and_it_comes_back_slowly()
    {
        var pace = new AdaptivePace(double.PositiveInfinity);

        pace.Late(Now, 40);

        Assert.Equal((20, true), (pace.PerSecond(Now), pace.IsForLateness));
        Assert.Equal(30, pace.PerSecond(Now.AddSeconds(10)), 3);
        Assert.False(pace.IsSlowed(Now.AddMinutes(1)));
    }

    [Fact]
    public void Late_never_goes_below_its_floor_nor_raises_what_is_slower()
    {
        var (pace, slow) = (new AdaptivePace(double.PositiveInfinity), new AdaptivePace(1));

        for (var i = 0; i < 50; i++)
            pace.Late(Now, 40);
        slow.Late(Now, 40);

        Assert.Equal((AdaptivePace.FloorWhenLate, 1), (pace.PerSecond(Now), slow.PerSecond(Now)));
        Assert.False(slow.IsSlowed(Now));
    }

    [Fact]
    public void Refused_after_Late_counts_as_a_refusal()
    {
        var pace = new AdaptivePace(40);
        pace.Late(Now, 40);

        pace.Refused(Now.AddSeconds(1), Now.AddSeconds(1), 40, null);

        Assert.False(pace.IsForLateness);
        Assert.InRange(pace.PerSecond(Now.AddSeconds(1)), 10, 11);
    }
}
