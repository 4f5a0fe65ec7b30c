using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using ServiceDefaults.PacingRequests;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>
/// What keeps a provider in trouble from being asked too often, and this service from waiting for it: a few attempts with growing pauses
/// between them, a circuit breaker, a pause after a refused key, a bound on concurrent requests, and a rate that follows what the provider says.
/// Whoever waits here holds a message, so no more wait than the queue hands out (<c>Bus:Prefetch</c>); the others stay with the broker. Nobody waits so long
/// that RabbitMQ takes the message back, which it does after 30 minutes.
/// </summary>
internal sealed class ProviderProtection
{
    /// <summary>Attempts of one look-up at most.</summary>
    internal const int Attempts = 3;

    /// <summary>Attempts within <see cref="Sampled"/> before the breaker judges at all.</summary>
    internal const int Judged = 10;

    /// <summary>The longest pause a provider may ask for that is waited out here; after a longer one the journey asks again.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How long an open circuit stays open before one request tries.</summary>
    internal static readonly TimeSpan Break = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The longest pause a provider in trouble (5xx) is left alone for because it asked. Its word is a guess, and orders are to flow soon after its
    /// return; who answers 429 knows what it says.
    /// </summary>
    internal static readonly TimeSpan LongestGuess = TimeSpan.FromSeconds(30);

    /// <summary>How long a look-up waits for its turn, slot included; after that the journey asks again.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Likewise for a further step of a look-up that has begun. It goes first, so it waits for no more than the turns that were given out before: three, at the
    /// slowest rate that can be configured 100 s each.
    /// </summary>
    internal static readonly TimeSpan LongestWaitOfBegun = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Sampled = TimeSpan.FromSeconds(30);

    private readonly ProviderCondition _condition;
    private readonly TimeProvider _time;
    private readonly Places _slots;
    private readonly RequestPace _pace;
    private readonly ResiliencePipeline<LookupAnswer> _retry;
    private readonly ResiliencePipeline<LookupAnswer> _breaker;

    public ProviderProtection(ProviderSettings provider, ProviderCondition condition, TimeProvider time)
    {
        (_condition, _time) = (condition, time);
        _slots = new(provider.Concurrency, time);
        _pace = new(provider.RequestsPerSecond, LongestPause, time);
        condition.Watch(_pace);
        _retry = new ResiliencePipelineBuilder<LookupAnswer> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<LookupAnswer>
        {
            MaxRetryAttempts = Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = LongestPause,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result?.Failure is { MayHeal: true } failure && !(failure.RetryAfter > LongestPause)),
            // Null, or a time already over, means the growing pause above.
            DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.Failure?.RetryAfter is { } pause && pause > TimeSpan.Zero ? pause : (TimeSpan?)null),
        }).Build();
        _breaker = new ResiliencePipelineBuilder<LookupAnswer> { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions<LookupAnswer>
        {
            FailureRatio = 0.5,
            MinimumThroughput = Judged,
            SamplingDuration = Sampled,
            BreakDuration = Break,
            // Who refuses what is too much is not away; the pace sees to that.
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result?.Failure is { MayHeal: true, Kind: not LookupFailureKind.TooManyRequests }),
            StateProvider = condition.Circuit,
            OnOpened = opened =>
            {
                _pace.Away();
                return condition.CircuitOpened(opened.Outcome.Result?.Failure);
            },
            OnClosed = _ =>
            {
                _pace.Returned();
                return condition.CircuitClosed();
            },
        }).Build();
    }

    /// <summary>Makes the attempts one step of a look-up is worth. Where the look-up has begun with an earlier step, it goes before those that have not.</summary>
    public async Task<LookupAnswer> Run(bool hasBegun, Func<CancellationToken, Task<LookupAnswer>> attempt, CancellationToken cancellationToken)
    {
        var until = _time.GetUtcNow() + (hasBegun ? LongestWaitOfBegun : LongestWait);
        _condition.BeginsToWait();
        try
        {
            return await _retry.ExecuteAsync(async token => await Once(attempt, hasBegun, until, token), cancellationToken);
        }
        finally
        {
            _condition.EndsWaiting();
        }
    }

    /// <summary>Takes note of an answer's headers, whatever its status.</summary>
    public void Heard(HttpResponseHeaders headers) => _pace.Heard(RateLimitHeaders.Read(headers, _time.GetUtcNow()));

    private async Task<LookupAnswer> Once(Func<CancellationToken, Task<LookupAnswer>> attempt, bool hasBegun, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Before anything is waited for: a request that will not be made needs neither slot nor turn.
        if (_condition.IsCircuitOpen())
            return LookupAnswer.Failed(new(LookupFailureKind.NotAsked));
        if (!await _slots.Enter(hasBegun, until, cancellationToken))
            return LookupAnswer.Failed(new(LookupFailureKind.NotAsked));
        try
        {
            if (!_condition.MayAsk() || !await _pace.Wait(hasBegun, until, cancellationToken))
                return LookupAnswer.Failed(new(LookupFailureKind.NotAsked));
            return await Send(attempt, cancellationToken);
        }
        finally
        {
            _slots.Leave();
        }
    }

    private async Task<LookupAnswer> Send(Func<CancellationToken, Task<LookupAnswer>> attempt, CancellationToken cancellationToken)
    {
        var sentAt = _time.GetUtcNow();
        _condition.EndsWaiting();
        try
        {
            var answer = await _breaker.ExecuteAsync(async token => await attempt(token), cancellationToken);
            _condition.Answered(answer);
            FollowWhatItSays(sentAt, answer.Failure);
            return answer;
        }
        catch (BrokenCircuitException)
        {
            return LookupAnswer.Failed(new(LookupFailureKind.NotAsked));
        }
        finally
        {
            _condition.BeginsToWait();
            _pace.Ended();
        }
    }

    private void FollowWhatItSays(DateTimeOffset sentAt, LookupFailure? failure)
    {
        switch (failure)
        {
            case { Kind: LookupFailureKind.TooManyRequests }:
                if (_pace.Refused(sentAt, failure.RetryAfter) is { } slowedTo)
                    _condition.SlowedTo(slowedTo);
                break;
            case { Kind: LookupFailureKind.ServerError, RetryAfter: { } pause } when pause > TimeSpan.Zero:
                _pace.LeaveAlone(pause < LongestGuess ? pause : LongestGuess);
                break;
            case null or { Kind: LookupFailureKind.KeyRefused or LookupFailureKind.UnexpectedStatus or LookupFailureKind.Malformed }:
                _pace.Accepted(sentAt);
                break;
        }
    }
}
