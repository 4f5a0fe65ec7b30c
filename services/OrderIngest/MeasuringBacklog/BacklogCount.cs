using Microsoft.Extensions.Options;
using OrderIngest.JournalingOrders;
using ServiceDefaults.UsingTheDatabase;
using ServiceDefaults.WorkingPeriodically;

namespace OrderIngest.MeasuringBacklog;

/// <summary>Counts from time to time what the journal still has to do. Says nothing while the database is away.</summary>
internal sealed class BacklogCount(
    IJournal journal, [FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database, BacklogMetrics metrics, IOptions<OrderIngestOptions> options, TimeProvider time,
    ILogger<BacklogCount> log)
    : PeriodicWork
{
    /// <summary>Counts once.</summary>
    public async Task Count(CancellationToken cancellationToken)
    {
        // Patiently, not for as long as the database is away: until it is back the number is unknown.
        var backlog = await database.RunPatiently(journal.Backlog, cancellationToken);
        metrics.Measured(backlog, time.GetUtcNow(), options.Value.Journeys.BaseAddress is not null);
    }

    protected override PeriodicTimer Ticks() => new(options.Value.CountBacklogEvery, time);

    protected override bool AtOnce => true;

    protected override Task Round(CancellationToken cancellationToken) => Count(cancellationToken);

    protected override void Failed(Exception exception)
    {
        metrics.Unknown();
        // Health says already that the database is away; the next count comes soon.
        if (exception is not DatabaseUnavailableException)
            LogMessages.BacklogNotCounted(log, options.Value.CountBacklogEvery, exception);
    }
}
