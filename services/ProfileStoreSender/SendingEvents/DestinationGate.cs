namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// Whether anything may be sent at the moment, for the whole process. A refused key closes it: one order at a time tries, the others wait, none
/// is refused for it. A Retry-After pauses everybody.
/// </summary>
internal sealed class DestinationGate(IDestination destination, TimeProvider time, ILogger log)
{
    // A destination that asks for a day is asked again after this: the wish may have been a mistake, and somebody waits for the orders.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Pace _pace = new(destination.Options.RequestsPerSecond, time);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (int Status, DateTimeOffset Since)? _keyRefused;
    private (string Problem, DateTimeOffset Since)? _failing;
    private DateTimeOffset _nextProbeAt, _pausedUntil;
    private bool _probing;

    /// <summary>Since when and with which status the key is refused, or null.</summary>
    public (int Status, DateTimeOffset Since)? KeyRefused
    {
        get { lock (_lock) return _keyRefused; }
    }

    /// <summary>Since when the destination gives no usable answer, or null.</summary>
    public (string Problem, DateTimeOffset Since)? Failing
    {
        get { lock (_lock) return _failing; }
    }

    /// <summary>Permission to send now, or null when that takes waiting.</summary>
    public SendingPermit? TryEnter()
    {
        lock (_lock)
            return PermitNow(out _) is { } permit && (permit.IsProbe || _pace.TryTakeNow()) ? permit : null;
    }

    /// <summary>Waits for permission to send.</summary>
    public async Task<SendingPermit> Enter(CancellationToken cancellationToken)
    {
        var hasTurn = false;
        while (true)
        {
            Task changed;
            TimeSpan wait;
            lock (_lock)
            {
                if (PermitNow(out wait) is { } permit && (hasTurn || permit.IsProbe))
                    return permit;
                changed = _changed.Task;
            }
            if (wait == TimeSpan.Zero)
            {
                await _pace.Take(cancellationToken);
                hasTurn = true;
                continue;
            }
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(wait, time, timer.Token));
            await timer.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    internal void Leave(SendingPermit permit, DestinationAnswer? answer)
    {
        lock (_lock)
        {
            if (permit.IsProbe)
                _probing = false;
            if (answer is not null)
                Learn(answer, time.GetUtcNow());
            if (!permit.IsProbe && answer is null)
                return;
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private SendingPermit? PermitNow(out TimeSpan wait)
    {
        var now = time.GetUtcNow();
        wait = TimeSpan.Zero;
        if (_keyRefused is not null)
        {
            wait = _probing ? destination.Options.ProbeEvery : _nextProbeAt - now;
            if (_probing || wait > TimeSpan.Zero)
                return null;
            wait = TimeSpan.Zero;
            _probing = true;
            return new(this, IsProbe: true);
        }
        if (_pausedUntil > now)
        {
            wait = _pausedUntil - now;
            return null;
        }
        return new(this, IsProbe: false);
    }

    private void Learn(DestinationAnswer answer, DateTimeOffset now)
    {
        switch (answer.Kind)
        {
            case AnswerKind.KeyRefused:
                if (_keyRefused is null)
                    LogMessages.GateClosed(log, destination.KnownAs, answer.StatusCode!.Value, destination.Options.ProbeEvery, destination.Options.KeyAdvice);
                _keyRefused = (answer.StatusCode!.Value, _keyRefused?.Since ?? now);
                _nextProbeAt = now + destination.Options.ProbeEvery;
                break;
            case AnswerKind.Unavailable:
                if (_failing is null)
                    LogMessages.DestinationFails(log, destination.KnownAs, answer.Problem);
                _failing = (answer.Problem, _failing?.Since ?? now);
                // An outage says nothing about the key: while that is in doubt, the next order waits for its turn to try.
                _nextProbeAt = now + destination.Options.ProbeEvery;
                if (answer.RetryAfter is { } wish)
                    _pausedUntil = now + (wish < LongestPause ? wish : LongestPause);
                break;
            default:
                if (_keyRefused is not null)
                    LogMessages.GateOpened(log, destination.KnownAs);
                if (_failing is not null)
                    LogMessages.DestinationAnswers(log, destination.KnownAs);
                (_keyRefused, _failing) = (null, null);
                break;
        }
    }
}

/// <summary>Permission to send one request; give it back with what was learned, or without when nothing was sent.</summary>
/// <param name="Gate">Who gave it.</param>
/// <param name="IsProbe">True when it was given to find out whether the key is accepted again.</param>
internal sealed record SendingPermit(DestinationGate Gate, bool IsProbe) : IDisposable
{
    private DestinationAnswer? _answer;

    public void Answered(DestinationAnswer answer) => _answer = answer;

    public void Dispose() => Gate.Leave(this, _answer);
}
