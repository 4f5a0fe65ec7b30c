using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ServiceDefaults.ReportingHealth;

/// <summary>
/// <c>/health/live</c>: the process answers; nothing else is asked, so an outage elsewhere never restarts it. <c>/health/ready</c>: 200 while
/// the service can do its work (healthy, or degraded: somebody should look), 503 while it cannot; both say in words what is wrong.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Maps both.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = Write });
    }

    private static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.OrderBy(entry => entry.Value.Status).ThenBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(
            entry => entry.Key,
            entry => new { status = entry.Value.Status.ToString(), says = Says(entry.Value) }),
    }, http.RequestAborted);

    // A check that threw has the exception's text as its description, and such texts may quote rows: the kind is enough.
    private static string Says(HealthReportEntry entry) =>
        entry.Exception is { } exception && (entry.Description is null || entry.Description == exception.Message)
            ? exception.GetType().Name
            : entry.Description ?? "";
}
