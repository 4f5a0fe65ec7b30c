using MassTransit;
using Microsoft.Extensions.Options;
using OrderJourney.Journey;
using OrderJourney.KeepingCardNotices;
using OrderJourney.StoringJourneys;
using ServiceDefaults.WorkingPeriodically;

namespace OrderJourney.SweepingDeadlines;

/// <summary>
/// Looks for journeys whose time has come and tells the saga. Deadlines live in the saga's rows, not in the broker: they work the same on
/// every transport and survive everything that the database survives.
/// </summary>
internal sealed class DeadlineSweeper(
    JourneyStore store, CardNotices notices, IBus bus, IOptions<JourneyOptions> options, TimeProvider time, ILogger<DeadlineSweeper> log)
    : PeriodicWork
{
    // Of one interval. What is asked for again comes to a destination at the rate of its turns: in portions, so that few find no place there.
    private const int Batch = 500, Portions = 8;

    // Few beside the messages in the saga's hand: together less than the 128 that RabbitMQ's client keeps unwritten (decision 0014).
    private const int Unconfirmed = 16;

    // If a message gets lost between sweep and saga, the journey is found again after this time.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private int _portion;

    /// <summary>
    /// Tells the saga of overdue journeys, the longest overdue first; answers how many. One batch and no more: when a backlog makes everything
    /// overdue at once, commands must not outgrow the backlog, and after an outage the work comes back at a bounded rate.
    /// </summary>
    public Task<int> Sweep(CancellationToken cancellationToken) => Sweep(Batch, cancellationToken);

    /// <summary>Deletes some of the notices no order waits for any more; answers how many.</summary>
    public Task<int> ForgetOldNotices(CancellationToken cancellationToken) => notices.DeleteOlder(time.GetUtcNow() - options.Value.WaitForCustomer, cancellationToken);

    private async Task<int> Sweep(int most, CancellationToken cancellationToken)
    {
        var overdue = await store.ClaimOverdue(time.GetUtcNow(), Lease, most, cancellationToken);
        if (overdue.Count == 0)
            return 0;
        // A bus that is not connected would wait for ever.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var queue = await bus.GetSendEndpoint(OwnQueue.Address);
        await Parallel.ForEachAsync(
            overdue, new ParallelOptions { MaxDegreeOfParallelism = Unconfirmed, CancellationToken = patience.Token },
            async (message, token) => await queue.Send(message, context => context.CorrelationId = message.OrderId, token));
        LogMessages.Overdue(log, overdue.Count);
        return overdue.Count;
    }

    protected override PeriodicTimer Ticks() => new(options.Value.SweepEvery / Portions, time);

    protected override async Task Round(CancellationToken cancellationToken)
    {
        _portion = _portion % Portions + 1;
        // So that all portions together are a batch.
        await Sweep(Batch * _portion / Portions - Batch * (_portion - 1) / Portions, cancellationToken);
        if (_portion == Portions)
            await ForgetOldNotices(cancellationToken);
    }

    // The journeys keep their lease and are found again after it.
    protected override void Failed(Exception exception) => LogMessages.SweepFailed(log, exception);
}
