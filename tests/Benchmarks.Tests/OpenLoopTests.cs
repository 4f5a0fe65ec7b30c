namespace Benchmarks.Tests;

public sealed class OpenLoopTests
{
    private static readonly IReadOnlyList<TimeSpan> Moments = OpenLoop.Moments(200, TimeSpan.FromSeconds(60));

    [Fact]
    public void Moments_come_at_the_rate_asked_for() => Assert.InRange(Moments.Count, 11_500, 12_500);

    [Fact]
    public void Moments_rise_and_end_in_time()
    {
        Assert.Equal(Moments.Order(), Moments);
        Assert.InRange(Moments[^1], TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Moments_are_independent_of_each_other()
    {
        var gaps = Moments.Zip(Moments.Skip(1), (first, second) => (second - first).TotalMilliseconds).ToList();
        var mean = gaps.Average();

        // The gaps of a Poisson process deviate as much as they last; evenly spaced ones would not deviate at all.
        Assert.InRange(Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean, 0.9, 1.1);
    }

    [Fact]
    public void Moments_are_the_same_in_every_run() => Assert.Equal(Moments, OpenLoop.Moments(200, TimeSpan.FromSeconds(60)));
}
