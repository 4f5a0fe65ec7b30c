using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.ReportingHealth;

/// <summary>Says in words what an operator has to do. Asks nobody: it tells what the last requests met with.</summary>
internal sealed class ProfileStoreHealth(DestinationGate gate, ProfileStoreOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !options.Enabled ? HealthCheckResult.Healthy("switched off (ProfileStore:Enabled=false): orders are kept as suppressed")
        : gate.KeyRefused is { } refused ? HealthCheckResult.Unhealthy(
            $"the profile store refuses the key with {refused.Status} since {refused.Since:u}: check ProfileStore:SubscriptionKey (the tracking key, not the query key) and "
            + $"ProfileStore:AuthenticationScheme ({options.AuthenticationScheme}). Orders wait, none is refused for it; one tries every {options.ProbeEvery}")
        : gate.Failing is { } failing ? HealthCheckResult.Degraded(
            $"the profile store gives no usable answer since {failing.Since:u} (last: {failing.Problem}); orders are held for {options.HoldFor} and asked for again by the journey")
        : HealthCheckResult.Healthy("the profile store accepts events, or has not been asked yet"));
}
