namespace CustomerResolution.LookingUpCustomers;

/// <summary>Spaces requests evenly: each takes the next free moment and waits for it. No bursts, because providers count in short windows.</summary>
internal sealed class RequestPace(double perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _interval = perSecond > 0 ? TimeSpan.FromSeconds(1 / perSecond) : TimeSpan.Zero;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public Task Wait(CancellationToken cancellationToken)
    {
        if (_interval == TimeSpan.Zero)
            return Task.CompletedTask;
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var mine = _next > now ? _next : now;
            _next = mine + _interval;
            wait = mine - now;
        }
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }
}
