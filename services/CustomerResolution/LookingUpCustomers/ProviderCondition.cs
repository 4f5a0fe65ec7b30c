using Polly.CircuitBreaker;
using ServiceDefaults.PacingRequests;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>How a provider is doing: read by health, and the reason for leaving it alone after it refused the key.</summary>
internal sealed class ProviderCondition(string provider, TimeProvider time, ILogger<ProviderCondition> log)
{
    /// <summary>How long nothing is asked after the key was refused; then one request tries. Someone has to act, so asking thousands of times helps nobody.</summary>
    internal static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private LookupFailure? _lastFailure;
    private DateTimeOffset _failedAt;
    private LookupFailure? _refusal;
    private DateTimeOffset _pausedUntil;
    private DateTimeOffset _triedAgainAt;
    private RequestPace? _pace;
    private int _waiting;

    /// <summary>As the circuit breaker reports it.</summary>
    public CircuitBreakerStateProvider Circuit { get; } = new();

    /// <summary>Takes note of what decides how fast the provider is asked.</summary>
    public void Watch(RequestPace pace) => _pace = pace;

    /// <summary>How fast the provider may be asked now.</summary>
    public PaceReport Pace => _pace?.Report() ?? new(double.PositiveInfinity, TimeSpan.Zero, false, false);

    /// <summary>Look-ups whose request is not under way: they wait for a slot, their turn, or the next attempt.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void BeginsToWait() => Interlocked.Increment(ref _waiting);

    public void EndsWaiting() => Interlocked.Decrement(ref _waiting);

    /// <summary>True while the circuit lets nothing through: before the break is over, and while the one request that tries is under way.</summary>
    public bool IsCircuitOpen()
    {
        var circuit = Circuit.CircuitState;
        lock (_lock)
            return circuit == CircuitState.HalfOpen || (circuit == CircuitState.Open && time.GetUtcNow() < _triedAgainAt);
    }

    /// <summary>False while the pause after a refused key lasts. Once it is over, one caller may ask and the pause begins anew for the others.</summary>
    public bool MayAsk()
    {
        lock (_lock)
        {
            if (_refusal is null)
                return true;
            var now = time.GetUtcNow();
            if (now < _pausedUntil)
                return false;
            _pausedUntil = now + PauseAfterRefusal;
            return true;
        }
    }

    /// <summary>Takes note of an answer.</summary>
    public void Answered(LookupAnswer answer)
    {
        var (refused, accepted) = (false, false);
        lock (_lock)
        {
            if (answer.Failure is { } failure)
                (_lastFailure, _failedAt) = (failure, time.GetUtcNow());
            if (answer.Failure is { Kind: LookupFailureKind.KeyRefused } refusal)
            {
                refused = _refusal is null;
                (_refusal, _pausedUntil) = (refusal, time.GetUtcNow() + PauseAfterRefusal);
            }
            else if (answer.Failure is null)
            {
                (accepted, _refusal, _lastFailure) = (_refusal is not null, null, null);
            }
        }
        if (refused)
            log.KeyRefused(provider, answer.Failure!.Status!.Value, PauseAfterRefusal.TotalSeconds);
        if (accepted)
            log.KeyAccepted(provider);
    }

    /// <summary>Takes note that the circuit breaker has opened.</summary>
    public ValueTask CircuitOpened(LookupFailure? because)
    {
        lock (_lock)
            _triedAgainAt = time.GetUtcNow() + ProviderProtection.Break;
        log.CircuitOpened(provider, because?.Words ?? "failed too often", ProviderProtection.Break.TotalSeconds);
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes note that the circuit breaker has closed again.</summary>
    public ValueTask CircuitClosed()
    {
        log.CircuitClosed(provider);
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes note that refusals have begun to slow the requests.</summary>
    public void SlowedTo(double perSecond) => log.SlowedDown(provider, Math.Round(perSecond, 2));

    /// <summary>What is wrong, in words, or null; nothing of any customer is in it.</summary>
    public string? Problem()
    {
        var circuit = Circuit.CircuitState;
        var pace = Pace.Words(time.GetUtcNow());
        lock (_lock)
        {
            if (_refusal is not null)
                return $"it {_refusal.Words}; nothing is asked until {_pausedUntil:HH:mm:ss} UTC, then one request tries. Check the key in the configuration";
            var last = _lastFailure is null ? "" : $"at {_failedAt:HH:mm:ss} UTC it {_lastFailure.Words}";
            return circuit switch
            {
                CircuitState.Closed when pace is not null => _lastFailure is null ? pace : $"{pace}; {last}; circuit closed",
                CircuitState.Closed => _lastFailure is null ? null : $"{last}; circuit closed, every look-up is tried",
                CircuitState.HalfOpen => $"circuit half-open, one request is trying; {last}",
                _ => $"circuit open, nothing is asked for {ProviderProtection.Break.TotalSeconds:0} s at a time; {last}",
            };
        }
    }

    /// <summary>True when look-ups cannot succeed at the moment, false when only the last one failed.</summary>
    public bool IsLeftAlone()
    {
        var pause = Pace.Pause;
        lock (_lock)
            return _refusal is not null || Circuit.CircuitState != CircuitState.Closed || pause > ProviderProtection.LongestPause;
    }
}
