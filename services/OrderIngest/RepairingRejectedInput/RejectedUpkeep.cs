using Microsoft.Extensions.Options;
using ServiceDefaults.UsingTheDatabase;
using ServiceDefaults.WorkingPeriodically;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Counts what is open, deletes what was repaired long ago, and fills in what an earlier version did not note. Several instances may do it at once.</summary>
internal sealed class RejectedUpkeep(RejectedCounts counts, RejectedAgeing ageing, RejectedMetrics metrics, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<RejectedUpkeep> log)
    : PeriodicWork
{
    protected override PeriodicTimer Ticks() => new(options.Value.TendRejectedEvery, time);

    protected override bool AtOnce => true;

    protected override async Task Round(CancellationToken cancellationToken)
    {
        var classified = await Repeat(() => ageing.Classify(cancellationToken));
        if (classified > 0)
            LogMessages.RejectedInputClassified(log, classified);
        var deleted = await Repeat(() => ageing.Delete(time.GetUtcNow() - options.Value.KeepRepairedFor, cancellationToken));
        if (deleted > 0)
            LogMessages.RepairedInputDeleted(log, deleted, options.Value.KeepRepairedFor);
        metrics.Open((await counts.Summarise(null, RejectedState.Open, cancellationToken)).ByReason);
    }

    protected override void Failed(Exception exception)
    {
        // Health says already that the database is away; the next round comes soon.
        if (exception is not DatabaseUnavailableException)
            LogMessages.TendingFailed(log, options.Value.TendRejectedEvery, exception);
    }

    private static async Task<int> Repeat(Func<Task<int>> some)
    {
        var all = 0;
        while (await some() is > 0 and var done)
            all += done;
        return all;
    }
}
