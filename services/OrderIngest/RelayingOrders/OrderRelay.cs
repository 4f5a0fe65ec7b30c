using MassTransit;
using Microsoft.Extensions.Options;
using OrderIngest.JournalingOrders;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.RelayingOrders;

/// <summary>
/// Publishes what the journal holds, in batches, oldest first. Waits for the topology and the broker as long as it takes; nobody else waits
/// for it. What the broker did not confirm stays in the journal and is tried again.
/// </summary>
internal sealed class OrderRelay(
    IJournal journal, OrderPublisher publisher, TopologyDeployment topology, IBusControl bus, RelaySignal signal, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<OrderRelay> log)
    : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250), LongestPause = TimeSpan.FromSeconds(15);

    private volatile string? _problem = "the relay waits for the broker's topics and queues";
    private int _failures;

    /// <summary>Why nothing is published at the moment, in words, or null.</summary>
    public string? Problem => _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await topology.WhenDeployed(stoppingToken);
                var (relayed, problem) = await BrokerProblem(stoppingToken) is { } away ? (default, away) : await RelayBatch(stoppingToken);
                if (problem is not null)
                    await BackOff(problem, relayed, stoppingToken);
                else
                {
                    if (_failures > 0)
                        LogMessages.RelayGoesOn(log);
                    (_failures, _problem) = (0, null);
                    if (relayed.Claimed < options.Value.RelayBatchSize)
                        await signal.Wait(options.Value.RelayPollInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Not the broker and not an absent database: a fault of ours must not end the relay for good.
                _problem = $"the relay failed: {exception.GetBaseException().GetType().Name}";
                LogMessages.RelayFailed(log, LongestPause, exception);
                await Task.Delay(LongestPause, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private async Task<string?> BrokerProblem(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stoppingToken);
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return "the broker is away";
        }
    }

    private async Task<(RelayedBatch Relayed, string? Problem)> RelayBatch(CancellationToken stoppingToken)
    {
        string? problem = null;
        var relayed = await journal.Relay(
            options.Value.RelayBatchSize,
            options.Value.AcknowledgeWithin,
            async (orders, token) =>
            {
                var batch = await publisher.Publish(orders, options.Value.ConfirmWithin, token);
                problem = batch.Problem;
                return batch.Confirmed;
            },
            stoppingToken);
        stoppingToken.ThrowIfCancellationRequested();
        return (relayed, problem);
    }

    private async Task BackOff(string problem, RelayedBatch relayed, CancellationToken stoppingToken)
    {
        topology.LookAgain();
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, ShortestPause.Ticks << Math.Min(_failures, 10)));
        pause *= 0.5 + Random.Shared.NextDouble();
        if (_failures++ == 0 || _problem != problem)
            LogMessages.RelayHeldUp(log, problem, relayed.Claimed - relayed.Published, pause);
        _problem = problem;
        await Task.Delay(pause, time, stoppingToken);
    }
}
