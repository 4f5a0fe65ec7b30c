using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrderIngest.JournalingOrders;

namespace OrderIngest.RelayingOrders;

/// <summary>Says how far the relay is behind. Degraded at worst: orders are accepted whether or not the broker is there.</summary>
internal sealed class RelayHealthCheck(OrderRelay relay, IJournal journal, IOptions<OrderIngestOptions> options, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var oldest = await journal.OldestUnpublished(either.Token);
            var lag = oldest is null ? TimeSpan.Zero : time.GetUtcNow() - oldest.Value;
            var behind = oldest is null ? "no order waits to be published" : $"the oldest order that waits to be published came {Words(lag)} ago";
            if (await journal.TooLargeToPublish(either.Token) is var tooLarge and > 0)
                return HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{tooLarge} orders wait because their events are larger than Bus:MaxMessageBytes allows; {behind}"));
            if (relay.Problem is { } problem)
                return HealthCheckResult.Degraded($"{problem}; {behind}; orders are accepted all the same");
            return lag > options.Value.RelayLagLimit ? HealthCheckResult.Degraded(behind) : HealthCheckResult.Healthy(behind);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("how many orders wait to be published cannot be told: the journal's database does not answer");
        }
    }

    private static string Words(TimeSpan lag) =>
        lag.TotalSeconds < 120 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, lag.TotalSeconds):0} s") : string.Create(CultureInfo.InvariantCulture, $"{lag.TotalMinutes:0} min");
}
