using Microsoft.Extensions.Options;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Counts what is open, deletes what was repaired long ago, and fills in what an earlier version did not note. Several instances may do it at once.</summary>
internal sealed class RejectedUpkeep(RejectedCounts counts, RejectedAgeing ageing, RejectedMetrics metrics, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<RejectedUpkeep> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(options.Value.TendRejectedEvery, time);
        try
        {
            do
                await Tend(stoppingToken);
            while (await ticks.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task Tend(CancellationToken stoppingToken)
    {
        try
        {
            var classified = await Repeat(() => ageing.Classify(stoppingToken));
            if (classified > 0)
                LogMessages.RejectedInputClassified(log, classified);
            var deleted = await Repeat(() => ageing.Delete(time.GetUtcNow() - options.Value.KeepRepairedFor, stoppingToken));
            if (deleted > 0)
                LogMessages.RepairedInputDeleted(log, deleted, options.Value.KeepRepairedFor);
            metrics.Open((await counts.Summarise(null, RejectedState.Open, stoppingToken)).ByReason);
        }
        catch (DatabaseUnavailableException)
        {
            // Health says so already; the next round comes soon.
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogMessages.TendingFailed(log, options.Value.TendRejectedEvery, exception);
        }
    }

    private static async Task<int> Repeat(Func<Task<int>> some)
    {
        var all = 0;
        while (await some() is > 0 and var done)
            all += done;
        return all;
    }
}
