namespace ServiceDefaults.PacingRequests;

/// <summary>How many requests the provider said it will still take before it counts anew. Pure; whoever holds it locks.</summary>
internal sealed class RequestQuota
{
    private long _left = long.MaxValue;
    private DateTimeOffset _resetsAt = DateTimeOffset.MinValue;

    /// <summary>Takes note of what an answer said.</summary>
    /// <param name="remaining">Requests that remain.</param>
    /// <param name="resetsAt">When it counts anew.</param>
    /// <param name="underWay">Requests sent and not answered yet: the provider may not have counted them.</param>
    public void Told(long remaining, DateTimeOffset resetsAt, int underWay) => (_left, _resetsAt) = (Math.Max(0, remaining - underWay), resetsAt);

    /// <summary>How long nothing may be sent.</summary>
    public TimeSpan Wait(DateTimeOffset now) => _left > 0 || now >= _resetsAt ? TimeSpan.Zero : _resetsAt - now;

    /// <summary>A request is sent.</summary>
    public void Sent(DateTimeOffset now)
    {
        if (now >= _resetsAt)
            _left = long.MaxValue;
        else if (_left > 0)
            _left--;
    }
}
