namespace ServiceDefaults.PacingRequests;

/// <summary>
/// When the next request may go to a provider. Spaces requests evenly, because providers count in short windows: by the configured rate, the rate its
/// refusals and slow answers leave (<see cref="AdaptivePace"/>), the ramp after its return. Holds all of them back while the provider wants to be left alone or
/// takes no more before its reset.
/// </summary>
/// <param name="perSecond">Requests per second at most; 0 = unlimited, until answers say otherwise.</param>
/// <param name="longestWait">The longest pause that is waited out; during a longer one nobody waits.</param>
/// <param name="time">The clock.</param>
public sealed class RequestPace(double perSecond, TimeSpan longestWait, TimeProvider time)
{
    /// <summary>A pause that is longer is cut to this; then one answer says more. A header of a thousand years must not end all requests.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    // A timer that fires late, or a hold-up of the process, is made up for by no more than this.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Places _turn = new(1, time);
    private readonly double _most = perSecond > 0 ? perSecond : double.PositiveInfinity;
    private readonly AdaptivePace _adaptive = new(perSecond > 0 ? perSecond : double.PositiveInfinity);
    private readonly ReturnRamp _ramp = new();
    private readonly RequestQuota _quota = new();
    private readonly RequestMeter _meter = new();
    private readonly LatencyWatch _latency = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _calledAt = DateTimeOffset.MinValue;
    private int _underWay;

    /// <summary>When whoever waits for the next turn looks again, UTC; in the past when nobody waits.</summary>
    public DateTimeOffset CalledAt
    {
        get { lock (_lock) return _calledAt; }
    }

    /// <summary>
    /// Waits until a request may be sent, in the order of asking, behind those that go first. False when the provider is left alone for longer than is waited
    /// out, or the turn would come after <paramref name="until"/>, UTC. Who was given the turn says when the request has <see cref="Ended"/>.
    /// </summary>
    public async Task<bool> Wait(bool goesFirst, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var arrived = time.GetUtcNow();
        if (!await _turn.Enter(goesFirst, until, cancellationToken))
            return false;
        try
        {
            while (Next(arrived, until) is var wait && wait != TimeSpan.Zero)
            {
                if (wait is null)
                    return false;
                // Whole milliseconds, rounded up: the timer knows nothing smaller, and rounding down would mean turning in circles.
                var whole = TimeSpan.FromMilliseconds(Math.Ceiling(wait.Value.TotalMilliseconds));
                var called = Task.Delay(whole, time, cancellationToken);
                lock (_lock)
                    _calledAt = time.GetUtcNow() + whole;
                await called;
            }
            return true;
        }
        finally
        {
            _turn.Leave();
        }
    }

    /// <summary>The request has ended, in whatever way.</summary>
    public void Ended()
    {
        lock (_lock)
            _underWay--;
    }

    /// <summary>Takes note of what an answer's headers said.</summary>
    public void Heard(RateNotice notice)
    {
        if (notice is not { Remaining: { } remaining, ResetAfter: { } reset })
            return;
        lock (_lock)
            _quota.Told(remaining, time.GetUtcNow() + Cut(reset, LongestPause), _underWay - 1);
    }

    /// <summary>The request was answered, and not with "too many requests".</summary>
    public void Accepted(DateTimeOffset sentAt)
    {
        lock (_lock)
            _adaptive.Accepted(sentAt);
    }

    /// <summary>Likewise, and how long the answer took counts: now. Answers the new rate when slow answers have slowed what was not slowed before, else null.</summary>
    /// <param name="sentAt">When the request was sent, UTC.</param>
    /// <param name="size">How much it held: only requests of about the same size are compared.</param>
    public double? Accepted(DateTimeOffset sentAt, int size)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _adaptive.Accepted(sentAt);
            if (!_latency.Rose(sentAt, now, size))
                return null;
            var wasSlowed = _adaptive.IsSlowed(now);
            _adaptive.Late(now, _meter.PerSecond(now));
            return wasSlowed || !_adaptive.IsSlowed(now) ? null : _adaptive.PerSecond(now);
        }
    }

    /// <summary>The provider refused a request as one too many. Answers the new rate when it was not slowed before, else null.</summary>
    public double? Refused(DateTimeOffset sentAt, TimeSpan? named)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var wasSlowed = _adaptive.IsSlowed(now);
            Pause(now, Cut(_adaptive.Refused(sentAt, now, _meter.PerSecond(now), named is { } pause ? Cut(pause, LongestPause) : null), LongestPause));
            return wasSlowed ? null : _adaptive.PerSecond(now);
        }
    }

    /// <summary>The provider wants to be left alone.</summary>
    public void LeaveAlone(TimeSpan pause)
    {
        lock (_lock)
            Pause(time.GetUtcNow(), Cut(pause, LongestPause));
    }

    /// <summary>The provider is away.</summary>
    public void Away()
    {
        lock (_lock)
            _ramp.Hold();
    }

    /// <summary>The provider has come back after it was away.</summary>
    public void Returned()
    {
        lock (_lock)
            _ramp.Begin(time.GetUtcNow());
    }

    /// <summary>How fast it may be asked now.</summary>
    public PaceReport Report()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var (slowed, ramp) = (_adaptive.PerSecond(now), _ramp.PerSecond(now));
            return new(Math.Min(slowed, ramp), PauseAt(now), slowed < _most, ramp < slowed, _adaptive.IsForLateness);
        }
    }

    /// <summary>How long to wait; zero = the request may go and is counted, null = not at all.</summary>
    private TimeSpan? Next(DateTimeOffset arrived, DateTimeOffset until)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var pause = PauseAt(now);
            if (pause > TimeSpan.Zero)
                return now + pause - arrived > longestWait ? null : pause;
            var mine = Latest(_next, arrived, now - Slack);
            if (mine > now)
                return mine > until ? null : mine - now;
            var rate = Math.Min(_adaptive.PerSecond(now), _ramp.PerSecond(now));
            _next = double.IsPositiveInfinity(rate) ? mine : mine + TimeSpan.FromSeconds(1 / rate);
            _underWay++;
            _meter.Sent(now);
            _quota.Sent(now);
            return TimeSpan.Zero;
        }
    }

    private TimeSpan PauseAt(DateTimeOffset now) => Latest(_pausedUntil, now + _quota.Wait(now), now) - now;

    private void Pause(DateTimeOffset now, TimeSpan pause)
    {
        _pausedUntil = Latest(_pausedUntil, now + pause, now);
        _next = Latest(_next, _pausedUntil, now);
    }

    private static TimeSpan Cut(TimeSpan pause, TimeSpan longest) => pause < longest ? pause : longest;

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset two, DateTimeOffset three)
    {
        var later = one > two ? one : two;
        return later > three ? later : three;
    }
}
