using System.Diagnostics.Metrics;
using ServiceDefaults.Observing;

namespace EmailMarketing;

/// <summary>What the projection does, counted.</summary>
internal sealed class EmailMarketingMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _seen = meters.Create(Telemetry.SourceName)
        .CreateCounter<long>("email_marketing.purchase.seen", "{purchase}", "Resolved orders, by what they changed: newest, older or ignored");

    /// <summary>The purchase became the contact's last one, or an earlier event had told of a later one already.</summary>
    public void Remembered(bool becameTheLast) => Count(becameTheLast ? "newest" : "older");

    /// <summary>A return, or nobody to write to.</summary>
    public void Ignored() => Count("ignored");

    private void Count(string effect) => _seen.Add(1, new KeyValuePair<string, object?>("effect", effect));
}
