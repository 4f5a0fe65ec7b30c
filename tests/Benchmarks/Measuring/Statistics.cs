namespace Benchmarks.Measuring;

/// <summary>The few sums that the report rests on.</summary>
internal static class Statistics
{
    /// <summary>The middle value; the mean of the two middle ones where their number is even.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = Sorted(values);
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The smallest value that is not exceeded by this many of a hundred (nearest rank): always a value that was measured.</summary>
    public static double Percentile(IEnumerable<double> values, double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(percent is > 0 and <= 100, true, nameof(percent));
        var sorted = Sorted(values);
        return sorted[(int)Math.Ceiling(sorted.Length * percent / 100) - 1];
    }

    private static double[] Sorted(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length > 0 ? sorted : throw new InvalidOperationException("Nothing was measured");
    }
}
