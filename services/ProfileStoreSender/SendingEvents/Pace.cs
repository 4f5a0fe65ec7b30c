namespace ProfileStoreSender.SendingEvents;

/// <summary>Spaces requests evenly: callers take the next free moment, in order, so that late timers cost no throughput.</summary>
internal sealed class Pace(double perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _interval = perSecond > 0 ? TimeSpan.FromSeconds(1 / perSecond) : TimeSpan.Zero;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Takes this very moment if it is free.</summary>
    public bool TryTakeNow()
    {
        if (_interval == TimeSpan.Zero)
            return true;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_next > now)
                return false;
            _next = now + _interval;
            return true;
        }
    }

    /// <summary>Takes the next free moment and waits for it.</summary>
    public Task Take(CancellationToken cancellationToken)
    {
        if (_interval == TimeSpan.Zero)
            return Task.CompletedTask;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var mine = _next > now ? _next : now;
            _next = mine + _interval;
            return mine > now ? Task.Delay(mine - now, time, cancellationToken) : Task.CompletedTask;
        }
    }
}
