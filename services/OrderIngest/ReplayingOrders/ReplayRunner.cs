using System.Threading.Channels;
using Microsoft.Extensions.Options;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ReplayingOrders;

/// <summary>Works on whatever replays are due, a few orders of one at a time. Every instance does; the lease sees to it that no two send the same.</summary>
internal sealed class ReplayRunner(ReplayStep step, Replays replays, TopologyDeployment topology, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<ReplayRunner> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Somebody has started or resumed a replay by a request to this instance.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await topology.WhenDeployed(stoppingToken);
                if (!await step.Run(stoppingToken))
                    await Wait(await UntilDue(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Health says that the database is away; a fault of ours must not end replays for good. The lease goes on, and ends.
                if (exception is not DatabaseUnavailableException)
                    LogMessages.ReplayingFailed(log, Pause, exception);
                await Wait(Pause, stoppingToken);
            }
        }
    }

    private async Task<TimeSpan> UntilDue(CancellationToken stoppingToken)
    {
        // Another process's replays are found by looking.
        var poll = options.Value.RelayPollInterval;
        if (await replays.NextDue(stoppingToken) is not { } due)
            return poll;
        var until = due - time.GetUtcNow();
        return until < TimeSpan.FromMilliseconds(5) ? TimeSpan.FromMilliseconds(5) : until < poll ? until : poll;
    }

    private async Task Wait(TimeSpan atMost, CancellationToken stoppingToken)
    {
        using var timer = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
        try
        {
            await _signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The time is over, or the service stops.
        }
    }
}
