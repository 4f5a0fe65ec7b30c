using Microsoft.Extensions.Options;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using ServiceDefaults.UsingTheDatabase;
using ServiceDefaults.WorkingPeriodically;

namespace OrderJourney.CountingOpenJourneys;

/// <summary>Counts from time to time the orders that are under way or need attention, and how old the oldest is. Says nothing while the database is away.</summary>
internal sealed class OpenJourneys(
    IJourneyQueries queries, [FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, OrderJourneyMetrics metrics,
    IOptions<JourneyOptions> options, TimeProvider time, ILogger<OpenJourneys> log)
    : PeriodicWork
{
    /// <summary>Counts once.</summary>
    public async Task Count(CancellationToken cancellationToken)
    {
        var open = await database.RunPatiently(queries.CountOpen, cancellationToken);
        var now = time.GetUtcNow();
        metrics.Open(JourneyState.Open.Select(state => open.TryGetValue(state, out var found) ? (state, found.Count, now - found.Oldest) : (state, 0, TimeSpan.Zero)));
    }

    protected override PeriodicTimer Ticks() => new(options.Value.CountOpenEvery, time);

    protected override bool AtOnce => true;

    protected override Task Round(CancellationToken cancellationToken) => Count(cancellationToken);

    protected override void Failed(Exception exception)
    {
        metrics.OpenUnknown();
        // Health says already that the database is away.
        if (exception is not DatabaseUnavailableException)
            LogMessages.OpenNotCounted(log, exception);
    }
}
