using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>
/// Says how a provider is doing. Never worse than degraded: orders that bring their e-mail address are resolved all the same, and the others
/// get an outcome that the journey acts on.
/// </summary>
internal sealed class ProviderHealthCheck(ProviderCondition? condition) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(condition is null ? HealthCheckResult.Healthy("not configured, never asked")
            : condition.Problem() is not { } problem ? HealthCheckResult.Healthy("no failure since its last answer, or not asked yet; circuit closed")
            : condition.IsLeftAlone() ? HealthCheckResult.Degraded(problem)
            : HealthCheckResult.Healthy(problem));
}
