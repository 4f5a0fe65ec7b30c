using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.ReportingHealth;

/// <summary>Says in words what an operator has to do. Asks nobody: it tells what the last requests met with.</summary>
internal sealed class DestinationHealth<TDestination>(TDestination destination, OrderSender<TDestination> sender, TimeProvider time) : IHealthCheck
    where TDestination : class, IDestination
{
    private DestinationOptions Options => destination.Options;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var report = sender.Gate.Report();
        return Task.FromResult(
            !Options.Enabled ? HealthCheckResult.Healthy($"switched off ({Options.SectionName}:Enabled=false): orders are kept as suppressed")
            : report.State == GateState.KeyRefused ? HealthCheckResult.Unhealthy(
                $"{TDestination.Name} refuses the key with {report.KeyStatus} since {report.Since:u}: {Options.KeyAdvice}. "
                + $"{Held(report)}, none is refused for it; one tries every {Options.ProbeEvery}")
            : report.State == GateState.Away ? HealthCheckResult.Degraded(
                $"{TDestination.Name} is away since {report.Since:u} (last: {report.Problem}). {Held(report)}; one tries every {Options.ProbeEvery} at least")
            : report.State == GateState.Returning ? HealthCheckResult.Degraded($"{TDestination.Name} was away since {report.Since:u} and answers again. {Held(report)}")
            : report.Problem is { } problem ? HealthCheckResult.Degraded(
                $"{TDestination.Name} gives no usable answer since {report.Since:u} (last: {problem}). {Held(report)} and tried again for {Options.HoldFor}")
            : report.Pace.Pause > Options.HoldFor ? HealthCheckResult.Degraded($"{TDestination.Name} is {report.Pace.Words(time.GetUtcNow())}. {Held(report)}")
            : sender.LostReplies?.Failing is { } unanswered ? HealthCheckResult.Degraded(
                $"{TDestination.Name} does not tell which events it has since {unanswered.Since:u} (last: {unanswered.Problem}); orders whose reply was lost stay unknown until it does")
            : HealthCheckResult.Healthy(report.Pace.Words(time.GetUtcNow()) is { } words
                ? $"{TDestination.Name} is {words}. {Held(report)}" : $"{TDestination.Name} accepts events, or has not been asked yet"));
    }

    private static string Held(GateReport report) => $"{report.Held} orders are held here, {report.Postponed} were left to the journey, which asks for them again";
}
