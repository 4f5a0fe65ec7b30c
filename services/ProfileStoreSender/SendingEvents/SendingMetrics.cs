using System.Diagnostics.Metrics;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.Observing;

namespace ProfileStoreSender.SendingEvents;

/// <summary>Counters and durations of sending.</summary>
internal sealed class SendingMetrics
{
    private readonly Counter<long> _sent, _skipped, _uncertain, _lost, _asked, _consents;
    private readonly Histogram<double> _duration;
    private readonly Meter _meter;

    public SendingMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(Telemetry.SourceName);
        _sent = meter.CreateCounter<long>("profilestoresender.event.sent", "{request}", "Requests by destination, outcome and status");
        _duration = meter.CreateHistogram<double>("profilestoresender.send.duration", "s", "From the start of a request to its answer", advice: Telemetry.Seconds);
        _skipped = meter.CreateCounter<long>("profilestoresender.event.skipped", "{order}", "Orders not sent because the ledger has their answer already, or because their customer may not be tracked");
        _uncertain = meter.CreateCounter<long>("profilestoresender.event.uncertain", "{request}", "Requests repeated although an earlier one may have arrived");
        _lost = meter.CreateCounter<long>("profilestoresender.event.reply_lost", "{request}", "Requests that left and got no reply: the ledger says unknown");
        _asked = meter.CreateCounter<long>("profilestoresender.event.asked", "{question}", "Questions whether a destination has an event whose reply was lost, by what came of it");
        _consents = meter.CreateCounter<long>("profilestoresender.consent.changed", "{change}", "Changes of a customer's consent, by whether orders may be tracked after it");
    }

    /// <summary>Shows whether and how fast a destination may be sent to, and who waits; without a limit its rate is not shown.</summary>
    public void Watch(string destination, DestinationGate gate)
    {
        var to = new KeyValuePair<string, object?>("destination", destination);
        _meter.CreateObservableGauge("profilestoresender.destination.open",
            () => gate.Report() is var report ? new Measurement<int>(report.IsOpen ? 1 : 0, to, new("state", report.State.ToString())) : default, "{destination}",
            "1 while requests may leave, 0 while the destination is away, refuses the key or wants to be left alone");
        _meter.CreateObservableGauge("profilestoresender.destination.pace",
            () => gate.Report().Pace.PerSecond is var rate && double.IsFinite(rate) ? [new Measurement<double>(rate, to)] : Array.Empty<Measurement<double>>(),
            "{request}/s", "Requests that may leave per second at the moment, where that is limited");
        _meter.CreateObservableGauge("profilestoresender.destination.pause",
            () => new Measurement<double>(gate.Report().Pace.Pause.TotalSeconds, to), "s", "How long a destination is still left alone because it asked for it");
        _meter.CreateObservableGauge("profilestoresender.destination.waiting",
            () => new Measurement<int>(gate.Report().Held, to), "{order}", "Orders that wait here for a request, their turn or the next attempt");
        _meter.CreateObservableGauge("profilestoresender.destination.postponed",
            () => new Measurement<long>(gate.Report().Postponed, to), "{order}", "New orders left to the journey since the latest outage began");
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
