using Microsoft.Extensions.Options;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using ServiceDefaults.UsingTheDatabase;
using ServiceDefaults.WorkingPeriodically;

namespace OrderJourney.CountingWaitingCustomers;

/// <summary>Counts from time to time how many orders wait for a customer, by the time since this service first heard of them. Says nothing while the database is away.</summary>
internal sealed class WaitingCustomers(
    IJourneyQueries queries, [FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, OrderJourneyMetrics metrics,
    IOptions<JourneyOptions> options, TimeProvider time, ILogger<WaitingCustomers> log)
    : PeriodicWork
{
    private static readonly (string Name, TimeSpan Below)[] Ages =
    [
        ("under_1h", TimeSpan.FromHours(1)), ("under_1d", TimeSpan.FromDays(1)), ("under_7d", TimeSpan.FromDays(7)), ("under_30d", TimeSpan.FromDays(30)),
    ];

    /// <summary>Counts once. Each order is in the first age it fits.</summary>
    public async Task Count(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var younger = await database.RunPatiently(token => queries.CountAwaitingCustomer([.. Ages.Select(age => now - age.Below)], token), cancellationToken);
        metrics.Waiting(Ages.Select(age => age.Name).Append("older").Select((age, i) => KeyValuePair.Create(age, younger[i] - (i == 0 ? 0 : younger[i - 1]))));
    }

    protected override PeriodicTimer Ticks() => new(options.Value.CountWaitingEvery, time);

    protected override bool AtOnce => true;

    protected override Task Round(CancellationToken cancellationToken) => Count(cancellationToken);

    protected override void Failed(Exception exception)
    {
        metrics.WaitingUnknown();
        LogMessages.NotCounted(log, exception);
    }
}
