using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.WorkingPeriodically;

/// <summary>
/// Work that comes round from time to time for as long as the service runs. A round that fails is told and ends no other; rounds never overlap, and one that outlasts the period is
/// followed at once.
/// </summary>
public abstract class PeriodicWork : BackgroundService
{
    /// <summary>A timer whose ticks begin the rounds. Asked for once, when the service starts.</summary>
    protected abstract PeriodicTimer Ticks();

    /// <summary>Whether the first round begins with the service, and not a period later.</summary>
    protected virtual bool AtOnce => false;

    /// <summary>One round.</summary>
    protected abstract Task Round(CancellationToken cancellationToken);

    /// <summary>A round failed, and the next one comes as usual. Never called for the service's own end.</summary>
    protected abstract void Failed(Exception exception);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = Ticks();
        try
        {
            if (AtOnce)
                await Attempt(stoppingToken);
            while (await ticks.WaitForNextTickAsync(stoppingToken))
                await Attempt(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task Attempt(CancellationToken stoppingToken)
    {
        try
        {
            await Round(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Failed(exception);
        }
    }
}
