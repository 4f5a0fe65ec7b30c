namespace ServiceDefaults.PacingRequests;

/// <summary>How many requests per second were sent lately: the more of this second's and the last second's. Pure; whoever holds it locks.</summary>
internal sealed class RequestMeter
{
    private long _second;
    private int _inThis;
    private int _inLast;

    /// <summary>A request is sent.</summary>
    public void Sent(DateTimeOffset now)
    {
        TurnTo(now);
        _inThis++;
    }

    /// <summary>Requests per second.</summary>
    public double PerSecond(DateTimeOffset now)
    {
        TurnTo(now);
        return Math.Max(_inThis, _inLast);
    }

    private void TurnTo(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (second == _second)
            return;
        (_inLast, _inThis, _second) = (second == _second + 1 ? _inThis : 0, 0, second);
    }
}
