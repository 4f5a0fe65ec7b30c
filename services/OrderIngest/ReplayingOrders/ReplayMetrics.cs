using System.Diagnostics.Metrics;
using ServiceDefaults.Observing;

namespace OrderIngest.ReplayingOrders;

/// <summary>What replays have sent.</summary>
internal sealed class ReplayMetrics
{
    private readonly Counter<long> _sent;

    public ReplayMetrics(IMeterFactory meters) =>
        _sent = meters.Create(Telemetry.SourceName).CreateCounter<long>("order_ingest.replay.sent", "{order}", "Orders of replays that the broker confirmed, by what their subscriber gets");

    public void Sent(string message, long orders) => _sent.Add(orders, new KeyValuePair<string, object?>("message", message));
}
