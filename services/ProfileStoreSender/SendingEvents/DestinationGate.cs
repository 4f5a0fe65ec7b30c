using ServiceDefaults.PacingRequests;

namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// Whether and when a request may leave for a destination, for the whole process: not faster than it takes them, not while it wants to be left alone, and one
/// event at a time while it is away or refuses the key.
/// </summary>
internal sealed class DestinationGate(IDestination destination, TimeProvider time, ILogger log)
{
    /// <summary>A destination that asks for a day is asked again after this: the wish may have been a mistake, and somebody waits for the orders.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly RequestPace _pace = new(destination.Options.RequestsPerSecond, TimeSpan.MaxValue, time);
    private readonly DestinationCircuit _circuit = new(destination.Options.ProbeEvery);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _probing;
    private int _waiting, _pausing;
    private long _postponed;
    private DateTimeOffset _calledAt = DateTimeOffset.MinValue;

    /// <summary>How it is doing.</summary>
    public GateReport Report()
    {
        var pace = _pace.Report();
        lock (_lock)
            return new(_circuit.State, _circuit.Since, _circuit.Problem, _circuit.KeyStatus, pace, Volatile.Read(ref _waiting), Volatile.Read(ref _pausing), _postponed, _calledAt > _pace.CalledAt ? _calledAt : _pace.CalledAt);
    }

    /// <summary>An order waits for a request.</summary>
    public void BeginsToWait() => Interlocked.Increment(ref _waiting);

    /// <summary>It is under way, or has given up.</summary>
    public void EndsWaiting() => Interlocked.Decrement(ref _waiting);

    /// <summary>An order waits for its next attempt.</summary>
    public void BeginsToPause() => Interlocked.Increment(ref _pausing);

    /// <summary>Its next attempt begins, or it has given up.</summary>
    public void EndsPause() => Interlocked.Decrement(ref _pausing);

    /// <summary>A new order was left to the journey, because it could not be sent.</summary>
    public void Postponed()
    {
        lock (_lock)
            _postponed++;
    }

    /// <summary>
    /// Waits until a request may leave. Null when that is not worth waiting for: the destination has been away for longer than orders are held, or wants to be
    /// left alone for longer.
    /// </summary>
    public async Task<SendingPermit?> Enter(CancellationToken cancellationToken)
    {
        var isProbe = false;
        try
        {
            while (true)
            {
                if (!isProbe)
                {
                    if (await MayProbe(cancellationToken) is not { } probes)
                        return null;
                    isProbe = probes;
                }
                if (!isProbe && _pace.Report().Pause > destination.Options.HoldFor)
                    return null;
                await _pace.Wait(goesFirst: false, DateTimeOffset.MaxValue, cancellationToken);
                if (isProbe || Report().State is GateState.Accepting or GateState.Returning)
                {
                    var permit = new SendingPermit(this, isProbe);
                    isProbe = false;
                    return permit;
                }
                // What was under way while this one waited for its turn has told of an outage.
                _pace.Ended();
            }
        }
        finally
        {
            if (isProbe)
                LeaveProbing();
        }
    }

    internal void Leave(SendingPermit permit, SentRequest? sent)
    {
        if (sent is { Answer.Rate: { } notice })
            _pace.Heard(notice);
        _pace.Ended();
        if (sent is not null)
        {
            FollowWhatItSays(sent);
            Learn(sent.Answer, permit.IsProbe);
        }
        if (permit.IsProbe)
            LeaveProbing();
    }

    /// <summary>False when the way is open; true when this one may try whether it is; null when neither will be so in time.</summary>
    private async Task<bool?> MayProbe(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            DateTimeOffset next;
            var now = time.GetUtcNow();
            // Who asks to be left alone is not tried before that.
            var restsUntil = now + _pace.Report().Pause;
            lock (_lock)
            {
                if (_circuit.State is GateState.Accepting or GateState.Returning)
                    return false;
                var probeAt = _circuit.NextProbeAt > restsUntil ? _circuit.NextProbeAt : restsUntil;
                if (!_probing && now >= probeAt)
                    return _probing = true;
                var heldUntil = _circuit.Since!.Value + destination.Options.HoldFor;
                if (now >= heldUntil)
                    return null;
                next = !_probing && probeAt < heldUntil ? probeAt : heldUntil;
                (changed, _calledAt) = (_changed.Task, next);
            }
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling((next - now).TotalMilliseconds)), time, timer.Token));
            await timer.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void LeaveProbing()
    {
        lock (_lock)
        {
            _probing = false;
            TellWhoWaits();
        }
    }

    private void TellWhoWaits()
    {
        _changed.TrySetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void FollowWhatItSays(SentRequest sent)
    {
        var answer = sent.Answer;
        var wish = answer.RetryAfter is { } pause && pause > LongestPause ? LongestPause : answer.RetryAfter;
        if (answer.IsTooMany && _pace.Refused(sent.At, wish) is { } refusedTo)
            LogMessages.SlowedByRefusal(log, destination.KnownAs, Math.Round(refusedTo, 2));
        else if (answer.IsTooMany)
            return;
        else if (answer.Kind == AnswerKind.Unavailable)
            _pace.LeaveAlone(wish ?? TimeSpan.Zero);
        else if (answer.Kind != AnswerKind.Accepted)
            _pace.Accepted(sent.At);
        else if (_pace.Accepted(sent.At, sent.Events) is { } lateTo)
            LogMessages.SlowedByLateness(log, destination.KnownAs, Math.Round(lateTo, 2));
    }

    private void Learn(DestinationAnswer answer, bool isProbe)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var (before, wasOutage, since) = (_circuit.State, _circuit.IsOutage, _circuit.Since);
            _circuit.Learn(answer, isProbe, now);
            if (_circuit.State == before)
                return;
            if (_circuit.State == GateState.Away)
                _pace.Away();
            else if (before == GateState.Away)
                _pace.Returned();
            if (_circuit.IsOutage != wasOutage)
                TellOutage(since, now);
            if (_circuit.State == GateState.KeyRefused)
                LogMessages.GateClosed(log, destination.KnownAs, answer.StatusCode!.Value, destination.Options.ProbeEvery, destination.Options.KeyAdvice);
            else if (before == GateState.KeyRefused)
                LogMessages.GateOpened(log, destination.KnownAs);
            TellWhoWaits();
        }
    }

    /// <summary>The whole outage is one line when it begins and one when it ends, however many orders meet it.</summary>
    private void TellOutage(DateTimeOffset? since, DateTimeOffset now)
    {
        if (_circuit.IsOutage)
        {
            _postponed = 0;
            LogMessages.DestinationFails(log, destination.KnownAs, _circuit.Problem!, destination.Options.HoldFor, destination.Options.ProbeEvery);
        }
        else
        {
            LogMessages.DestinationAnswers(log, destination.KnownAs, now - since!.Value, Volatile.Read(ref _waiting) + Volatile.Read(ref _pausing), _postponed);
        }
    }
}
