using System.Diagnostics.Metrics;
using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.ResolvingCustomers;
using ServiceDefaults.Observing;

namespace CustomerResolution;

/// <summary>What this service counts. Tags say which provider and what came of it, never who.</summary>
internal sealed class CustomerResolutionMetrics
{
    private readonly Counter<long> _resolved;
    private readonly Counter<long> _lookedUp;
    private readonly Counter<long> _cacheAsked;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _noticed;
    private readonly Counter<long> _consents;
    private readonly Counter<long> _shared;
    private readonly Counter<long> _replayed;
    private readonly Meter _meter;

    public CustomerResolutionMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(Telemetry.SourceName);
        _resolved = meter.CreateCounter<long>("customer_resolution.order.resolve", "{order}", "Orders whose customer was looked for, by outcome");
        _lookedUp = meter.CreateCounter<long>("customer_resolution.provider.ask", "{lookup}", "Look-ups that went to a provider, by outcome; retries are inside");
        _duration = meter.CreateHistogram<double>("customer_resolution.provider.duration", "s", "How long such a look-up took, retries and their pauses included", advice: Telemetry.Seconds);
        _cacheAsked = meter.CreateCounter<long>("customer_resolution.cache.ask", "{lookup}", "Look-ups by what the memory of answers had: hit, known_miss, joined, absent");
        _noticed = meter.CreateCounter<long>("customer_resolution.notice.take", "{notice}", "Notices about cards and consents, by what was answered");
        _consents = meter.CreateCounter<long>("customer_resolution.consent.publish", "{consent}", "Changes of consent that were published, by what they came from: notice, lookup");
        _shared = meter.CreateCounter<long>("customer_resolution.card.share", "{card}", "Cards that more orders used in a day than a customer makes");
        _replayed = meter.CreateCounter<long>("customer_resolution.order.replay", "{order}", "Orders of replays, by outcome: sent, put_back, or why nothing was sent");
    }

    /// <summary>Shows how fast a provider may be asked; without a limit its rate is not shown.</summary>
    public void Watch(string provider, ProviderCondition condition)
    {
        var by = new KeyValuePair<string, object?>("provider", provider);
        _meter.CreateObservableGauge("customer_resolution.provider.pace",
            () => condition.Pace.PerSecond is var rate && double.IsFinite(rate) ? [new Measurement<double>(rate, by)] : Array.Empty<Measurement<double>>(),
            "{request}/s", "Requests a provider may be sent per second at the moment, where that is limited");
        _meter.CreateObservableGauge("customer_resolution.provider.pause",
            () => new Measurement<double>(condition.Pace.Pause.TotalSeconds, by), "s", "How long a provider is still left alone because it asked for it");
        _meter.CreateObservableGauge("customer_resolution.provider.waiting",
            () => new Measurement<int>(condition.Waiting, by), "{lookup}", "Look-ups that wait for a slot, their turn or the next attempt");
    }

    public void OrderResolved(Resolution resolution) =>
        _resolved.Add(1, new KeyValuePair<string, object?>("outcome", resolution.Customer is { } customer ? $"found_{Name(customer.Origin)}" : Name(resolution.Reason)));

    public void LookedUp(string provider, LookupAnswer answer, TimeSpan duration)
    {
        KeyValuePair<string, object?> by = new("provider", provider), outcome = new("outcome", answer.Failure is { } failure ? Name(failure.Kind) : Name(answer.Outcome));
        _lookedUp.Add(1, by, outcome);
        _duration.Record(duration.TotalSeconds, by, outcome);
    }

    public void CacheAsked(string provider, CacheAnswer answer) => _cacheAsked.Add(1, new("provider", provider), new("answer", Name(answer)));

    public void NoticeTaken(string notice, int status) => _noticed.Add(1, new("notice", notice), new("status", status));

    public void ConsentPublished(bool mayBeTracked, string from) => _consents.Add(1, new("may_be_tracked", mayBeTracked), new("from", from));

    public void CardShared() => _shared.Add(1);

    /// <summary>Counts an order of a replay, once it was sent or will not be.</summary>
    public void Replayed(Resolution resolution) => _replayed.Add(1, new KeyValuePair<string, object?>("outcome",
        resolution.Customer is not null ? "sent" : resolution.Reason == Contracts.CustomerResolution.CustomerResolutionFailureReason.ProviderUnavailable ? "put_back" : Name(resolution.Reason)));

    // TimedOut becomes timed_out, the form metric tags have elsewhere.
    private static string Name<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
