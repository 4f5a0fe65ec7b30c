using System.Diagnostics.Metrics;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.Observing;

namespace ProfileStoreSender.SendingEvents;

/// <summary>Counters and durations of sending.</summary>
internal sealed class SendingMetrics
{
    private readonly Counter<long> _sent, _skipped, _uncertain, _lost, _asked, _consents;
    private readonly Histogram<double> _duration;

    public SendingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.SourceName);
        _sent = meter.CreateCounter<long>("profilestoresender.event.sent", "{request}", "Requests by destination, outcome and status");
        _duration = meter.CreateHistogram<double>("profilestoresender.send.duration", "s", "From the start of a request to its answer");
        _skipped = meter.CreateCounter<long>("profilestoresender.event.skipped", "{order}", "Orders not sent because the ledger has their answer already, or because their customer may not be tracked");
        _uncertain = meter.CreateCounter<long>("profilestoresender.event.uncertain", "{request}", "Requests repeated although an earlier one may have arrived");
        _lost = meter.CreateCounter<long>("profilestoresender.event.reply_lost", "{request}", "Requests that left and got no reply: the ledger says unknown");
        _asked = meter.CreateCounter<long>("profilestoresender.event.asked", "{question}", "Questions whether a destination has an event whose reply was lost, by what came of it");
        _consents = meter.CreateCounter<long>("profilestoresender.consent.changed", "{change}", "Changes of a customer's consent, by whether orders may be tracked after it");
    }

    public void Sent(string destination, DestinationAnswer answer, TimeSpan duration)
    {
        KeyValuePair<string, object?> to = new("destination", destination), outcome = new("outcome", answer.Kind.ToString());
        _sent.Add(1, to, outcome, new("status", answer.StatusCode ?? 0));
        _duration.Record(duration.TotalSeconds, to, outcome);
    }

    public void Skipped(string destination, DeliveryState state) => _skipped.Add(1, new("destination", destination), new("state", state.ToString()));

    public void SentAgainUncertain(string destination) => _uncertain.Add(1, new KeyValuePair<string, object?>("destination", destination));

    public void ReplyLost(string destination) => _lost.Add(1, new KeyValuePair<string, object?>("destination", destination));

    public void Asked(string destination, string outcome) => _asked.Add(1, new("destination", destination), new("outcome", outcome));

    public void ConsentChanged(bool mayBeTracked) => _consents.Add(1, new KeyValuePair<string, object?>("may_be_tracked", mayBeTracked));
}
