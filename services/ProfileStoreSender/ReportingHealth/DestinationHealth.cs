using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.ReportingHealth;

/// <summary>Says in words what an operator has to do. Asks nobody: it tells what the last requests met with.</summary>
internal sealed class DestinationHealth<TDestination>(TDestination destination, OrderSender<TDestination> sender) : IHealthCheck
    where TDestination : class, IDestination
{
    private DestinationOptions Options => destination.Options;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !Options.Enabled ? HealthCheckResult.Healthy($"switched off ({Options.SectionName}:Enabled=false): orders are kept as suppressed")
        : sender.Gate.KeyRefused is { } refused ? HealthCheckResult.Unhealthy(
            $"{TDestination.Name} refuses the key with {refused.Status} since {refused.Since:u}: {Options.KeyAdvice}. "
            + $"Orders wait, none is refused for it; one tries every {Options.ProbeEvery}")
        : sender.Gate.Failing is { } failing ? HealthCheckResult.Degraded(
            $"{TDestination.Name} gives no usable answer since {failing.Since:u} (last: {failing.Problem}); orders are held for {Options.HoldFor} and asked for again by the journey")
        : sender.LostReplies?.Failing is { } unanswered ? HealthCheckResult.Degraded(
            $"{TDestination.Name} does not tell which events it has since {unanswered.Since:u} (last: {unanswered.Problem}); orders whose reply was lost stay unknown until it does")
        : HealthCheckResult.Healthy($"{TDestination.Name} accepts events, or has not been asked yet"));
}
