using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrderIngest.JournalingOrders;
using OrderIngest.RelayingOrders;
using ServiceDefaults.WorkingPeriodically;

namespace OrderIngest.ReconcilingJourneys;

/// <summary>
/// Compares journal and journeys: a published order that no journey knows of in time was lost on the way and is published again. This is the
/// last of three guards; it also catches what a deleted queue took with it.
/// </summary>
internal sealed class JourneyReconciliation(
    IJournal journal, IServiceScopeFactory scopes, RelaySignal relay, OrderIngestMetrics metrics, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<JourneyReconciliation> log)
    : PeriodicWork, IHealthCheck
{
    private const int AtATime = 500;
    private const string NotConfigured = $"{OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Journeys)}:{nameof(JourneysOptions.BaseAddress)} is not set: an event lost on the way would not be noticed";

    private volatile string? _problem;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        options.Value.Journeys.BaseAddress is null ? HealthCheckResult.Degraded(NotConfigured)
        : _problem is { } problem ? HealthCheckResult.Degraded($"OrderJourney cannot be asked which orders it knows: {problem}")
        : HealthCheckResult.Healthy("journal and journeys are compared"));

    protected override PeriodicTimer Ticks() => new(options.Value.ReconcileEvery, time);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Journeys.BaseAddress is not null)
            return base.ExecuteAsync(stoppingToken);
        LogMessages.JourneysNotConfigured(log);
        return Task.CompletedTask;
    }

    protected override async Task Round(CancellationToken cancellationToken)
    {
        while (await CompareBatch(cancellationToken) == AtATime) { }
    }

    protected override void Failed(Exception exception)
    {
        _problem = $"the comparison failed: {exception.GetBaseException().GetType().Name}";
        LogMessages.ReconciliationFailed(log, options.Value.ReconcileEvery, exception);
    }

    /// <summary>How many orders were asked about and answered; 0 also when nobody answered.</summary>
    private async Task<int> CompareBatch(CancellationToken stoppingToken)
    {
        var overdue = await journal.Unacknowledged(AtATime, stoppingToken);
        if (overdue.Count == 0)
            return 0;
        await using var scope = scopes.CreateAsyncScope();
        var (known, problem) = await scope.ServiceProvider.GetRequiredService<JourneysClient>().Known(overdue, stoppingToken);
        if (known is null)
        {
            if (_problem is null)
                LogMessages.JourneysAway(log, problem!, options.Value.ReconcileEvery);
            _problem = problem;
            return 0;
        }
        if (_problem is not null)
            LogMessages.JourneysBack(log);
        _problem = null;
        var unknown = overdue.Where(id => !known.Contains(id)).ToList();
        await journal.Acknowledge(known, unknown, stoppingToken);
        if (unknown.Count > 0)
        {
            LogMessages.PublishedAgain(log, unknown.Count);
            metrics.Republished(unknown.Count);
            relay.Wake();
        }
        return overdue.Count;
    }
}
