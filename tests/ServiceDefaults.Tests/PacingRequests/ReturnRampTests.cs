using MessageExamples;
using ServiceDefaults.PacingRequests;

namespace ServiceDefaults.Tests.PacingRequests;

public sealed class ReturnRampTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(4.9, 5)]
    [InlineData(5, 10)]
    [InlineData(12, 20)]
    [InlineData(39, 640)]
    [InlineData(40, double.PositiveInfinity)]
    [InlineData(9999, double.PositiveInfinity)]
    public void The_rate_doubles_until_it_no_longer_matters(double seconds, double expected)
    {
        var ramp = new ReturnRamp();
        ramp.Begin(An.Noon);

        Assert.Equal(expected, ramp.PerSecond(An.Noon.AddSeconds(seconds)));
    }

    [Fact]
    public void There_is_no_ramp_before_the_provider_was_away() => Assert.Equal(double.PositiveInfinity, new ReturnRamp().PerSecond(An.Noon));

    [Fact]
    public void While_the_provider_is_away_the_rate_is_the_first_one()
    {
        var ramp = new ReturnRamp();
        ramp.Begin(An.Noon);

        ramp.Hold();

        Assert.Equal(ReturnRamp.First, ramp.PerSecond(An.Noon.AddHours(1)));
    }
}
