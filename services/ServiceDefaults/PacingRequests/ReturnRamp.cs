namespace ServiceDefaults.PacingRequests;

/// <summary>
/// Keeps what has piled up from knocking over a provider that has just come back: few requests per second at first, twice as many every few seconds,
/// until the rate no longer matters. Pure; whoever holds it locks.
/// </summary>
public sealed class ReturnRamp
{
    /// <summary>Requests per second right after the return.</summary>
    public const double First = 5;

    /// <summary>Requests per second at which the ramp is over: more than one instance asks a provider for.</summary>
    public const double Last = 1000;

    /// <summary>After this time the rate doubles.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private DateTimeOffset? _begun;
    private bool _isAway;

    /// <summary>The provider is away; the rate is the first one already, so that nobody slips through at the moment of its return.</summary>
    public void Hold() => _isAway = true;

    /// <summary>The provider has come back.</summary>
    public void Begin(DateTimeOffset now) => (_isAway, _begun) = (false, now);

    /// <summary>Requests per second allowed at this moment; infinity when the ramp is over.</summary>
    public double PerSecond(DateTimeOffset now)
    {
        if (_isAway)
            return First;
        if (_begun is not { } begun)
            return double.PositiveInfinity;
        var steps = Math.Floor(Math.Max(0, (now - begun) / Step));
        var rate = First * Math.Pow(2, Math.Min(steps, 30));
        if (rate < Last)
            return rate;
        _begun = null;
        return double.PositiveInfinity;
    }
}
