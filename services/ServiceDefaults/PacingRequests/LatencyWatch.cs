using System.Numerics;

namespace ServiceDefaults.PacingRequests;

/// <summary>
/// Tells when answers take clearly longer than they lately did: the median of nine against what was normal before. Requests are compared with those of
/// about the same size, because a full one takes longer than a small one and says nothing by that. What stays slow becomes normal by and by. Pure;
/// whoever holds it locks.
/// </summary>
internal sealed class LatencyWatch
{
    /// <summary>Answers that are judged together; their median does not care about four strays.</summary>
    internal const int Judged = 9;

    /// <summary>Clearly longer is this many times the normal, and <see cref="Margin"/> more.</summary>
    internal const double Times = 3;

    /// <summary>What a pause of either side's runtime may cost: below it nothing is judged.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(100);

    // How far what is normal follows: slowly to the worse, so that a rise stands out, and quickly to the better.
    private const double Worse = 0.1, Better = 0.5;

    private readonly Dictionary<int, Norm> _norms = [];
    private DateTimeOffset _since = DateTimeOffset.MinValue;

    /// <summary>Takes note of an answer; true when answers have clearly become slower. Then those to requests sent before are not looked at any more.</summary>
    /// <param name="sentAt">When the request was sent.</param>
    /// <param name="now">When the answer came.</param>
    /// <param name="size">How much the request held, at least 1.</param>
    public bool Rose(DateTimeOffset sentAt, DateTimeOffset now, int size)
    {
        if (sentAt <= _since)
            return false;
        var sizes = BitOperations.Log2((uint)Math.Max(1, size));
        if (!_norms.TryGetValue(sizes, out var norm))
            _norms[sizes] = norm = new();
        norm.Recent.Add(now - sentAt);
        if (norm.Recent.Count < Judged)
            return false;
        norm.Recent.Sort();
        var median = norm.Recent[Judged / 2];
        norm.Recent.Clear();
        var rose = norm.Normal is { } normal && median > normal * Times + Margin;
        norm.Normal = norm.Normal is { } before ? before + (median - before) * (median > before ? Worse : Better) : median;
        if (!rose)
            return false;
        _since = now;
        foreach (var other in _norms.Values)
            other.Recent.Clear();
        return true;
    }

    private sealed class Norm
    {
        public List<TimeSpan> Recent { get; } = new(Judged);

        public TimeSpan? Normal { get; set; }
    }
}
