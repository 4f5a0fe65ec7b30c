using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrderIngest.JournalingOrders;
using OrderIngest.RelayingOrders;

namespace OrderIngest.ReconcilingJourneys;

/// <summary>
/// Compares journal and journeys: a published order that no journey knows of in time was lost on the way and is published again. This is the
/// last of three guards; it also catches what a deleted queue took with it.
/// </summary>
internal sealed class JourneyReconciliation(
    IJournal journal, IServiceScopeFactory scopes, RelaySignal relay, OrderIngestMetrics metrics, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<JourneyReconciliation> log)
    : BackgroundService, IHealthCheck
{
    private const int AtATime = 500;
    private const string NotConfigured = $"{OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Journeys)}:{nameof(JourneysOptions.BaseAddress)} is not set: an event lost on the way would not be noticed";

    private volatile string? _problem;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        options.Value.Journeys.BaseAddress is null ? HealthCheckResult.Degraded(NotConfigured)
        : _problem is { } problem ? HealthCheckResult.Degraded($"OrderJourney cannot be asked which orders it knows: {problem}")
        : HealthCheckResult.Healthy("journal and journeys are compared"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Journeys.BaseAddress is null)
        {
            LogMessages.JourneysNotConfigured(log);
            return;
        }
        using var ticks = new PeriodicTimer(options.Value.ReconcileEvery, time);
        try
        {
            while (await ticks.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    while (await CompareBatch(stoppingToken) == AtATime) { }
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    _problem = $"the comparison failed: {exception.GetBaseException().GetType().Name}";
                    LogMessages.ReconciliationFailed(log, options.Value.ReconcileEvery, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
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
