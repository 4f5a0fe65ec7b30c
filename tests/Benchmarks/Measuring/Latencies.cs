namespace Benchmarks.Measuring;

/// <summary>How long orders took that were offered at a rate, in milliseconds from the moment each should have been sent.</summary>
/// <param name="PerSecond">The rate asked for.</param>
/// <param name="Offered">Orders sent.</param>
/// <param name="Throughput">Those that were accepted, until the last of them was tracked.</param>
internal sealed record Latencies(double PerSecond, int Offered, Throughput Throughput)
{
    /// <summary>The accepted orders.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }

    /// <summary>Until the answer 202.</summary>
    public required IReadOnlyList<double> ToAcceptance { get; init; }

    /// <summary>Until the journey became tracked, by its own time stamp.</summary>
    public required IReadOnlyList<double> ToTracked { get; init; }

    /// <summary>From that time stamp until another connection sees it, for a few orders.</summary>
    public required IReadOnlyList<double> ToVisible { get; init; }
}
