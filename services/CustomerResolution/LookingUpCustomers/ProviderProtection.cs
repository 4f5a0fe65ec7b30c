using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>
/// What keeps a provider in trouble from being asked too often, and this service from waiting for it: a few attempts with growing pauses
/// between them, a circuit breaker, a pause after a refused key, a bound on concurrent requests and on requests per second.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never asked for, so there is nothing to dispose")]
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

    private static readonly TimeSpan Sampled = TimeSpan.FromSeconds(30);

    private readonly ProviderCondition _condition;
    private readonly SemaphoreSlim _slots;
    private readonly RequestPace _pace;
    private readonly ResiliencePipeline<LookupAnswer> _retry;
    private readonly ResiliencePipeline<LookupAnswer> _breaker;

    public ProviderProtection(ProviderSettings provider, ProviderCondition condition, TimeProvider time)
    {
        _condition = condition;
        _slots = new(provider.Concurrency);
        _pace = new(provider.RequestsPerSecond, time);
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
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result?.Failure is { MayHeal: true }),
            StateProvider = condition.Circuit,
            OnOpened = opened => condition.CircuitOpened(opened.Outcome.Result?.Failure),
            OnClosed = _ => condition.CircuitClosed(),
        }).Build();
    }

    /// <summary>Makes the attempts one look-up is worth.</summary>
    public async Task<LookupAnswer> Run(Func<CancellationToken, Task<LookupAnswer>> attempt, CancellationToken cancellationToken) =>
        await _retry.ExecuteAsync(async token => await Once(attempt, token), cancellationToken);

    private async Task<LookupAnswer> Once(Func<CancellationToken, Task<LookupAnswer>> attempt, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            if (!_condition.MayAsk())
                return LookupAnswer.Failed(new(LookupFailureKind.NotAsked));
            var answer = await _breaker.ExecuteAsync(async token =>
            {
                await _pace.Wait(token);
                return await attempt(token);
            }, cancellationToken);
            _condition.Answered(answer);
            return answer;
        }
        catch (BrokenCircuitException)
        {
            return LookupAnswer.Failed(new(LookupFailureKind.NotAsked));
        }
        finally
        {
            _slots.Release();
        }
    }
}
