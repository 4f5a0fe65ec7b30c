using System.Diagnostics.Metrics;
using ServiceDefaults.Observing;

namespace EmailMarketing;

/// <summary>What the projection does, counted.</summary>
internal sealed class EmailMarketingMetrics
{
    private readonly Counter<long> _seen, _consents;

    public EmailMarketingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.SourceName);
        _seen = meter.CreateCounter<long>("email_marketing.purchase.seen", "{purchase}", "Resolved orders, by what they changed: newest, older or ignored");
        _consents = meter.CreateCounter<long>("email_marketing.consent.changed", "{change}", "Changes of a customer's consent, by whether they may be a contact after it");
    }

    /// <summary>The purchase became the contact's last one, or an earlier event had told of a later one already.</summary>
    public void Remembered(bool becameTheLast) => Count(becameTheLast ? "newest" : "older");

    /// <summary>A return, or nobody to write to.</summary>
    public void Ignored() => Count("ignored");

    /// <summary>A customer may be a contact from now on, or may not.</summary>
    public void ConsentChanged(bool mayBeTracked) => _consents.Add(1, new KeyValuePair<string, object?>("may_be_tracked", mayBeTracked));

    private void Count(string effect) => _seen.Add(1, new KeyValuePair<string, object?>("effect", effect));
}
