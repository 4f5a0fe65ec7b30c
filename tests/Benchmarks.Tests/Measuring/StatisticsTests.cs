using Benchmarks.Measuring;

namespace Benchmarks.Tests.Measuring;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new[] { 7.0 }, 7)]
    [InlineData(new[] { 9.0, 1, 5 }, 5)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 2.5)]
    public void Median_is_the_middle_whatever_the_order(double[] values, double expected) => Assert.Equal(expected, Statistics.Median(values));

    [Fact]
    public void Median_of_ratios_is_not_moved_by_one_bad_round() => Assert.Equal(0.5, Statistics.Median([0.5, 0.01, 0.52, 0.49, 0.51]));

    [Theory]
    [InlineData(50, 50)]
    [InlineData(95, 95)]
    [InlineData(99, 99)]
    [InlineData(99.5, 100)]
    [InlineData(100, 100)]
    [InlineData(0.1, 1)]
    public void Percentile_is_a_measured_value_by_nearest_rank(double percent, double expected) =>
        Assert.Equal(expected, Statistics.Percentile(Enumerable.Range(1, 100).Reverse().Select(value => (double)value), percent));

    [Fact]
    public void Percentile_of_few_values_is_the_largest() => Assert.Equal(30, Statistics.Percentile([10, 30, 20], 95));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(double.NaN)]
    public void Percentile_refuses_what_is_no_share(double percent) => Assert.Throws<ArgumentOutOfRangeException>(() => Statistics.Percentile([1], percent));

    [Fact]
    public void Nothing_measured_is_no_figure()
    {
        Assert.Throws<InvalidOperationException>(() => Statistics.Median([]));
        Assert.Throws<InvalidOperationException>(() => Statistics.Percentile([], 95));
    }
}
