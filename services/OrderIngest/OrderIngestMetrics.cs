using System.Diagnostics.Metrics;
using OrderIngest.WatchingStores;
using ServiceDefaults.Observing;

namespace OrderIngest;

/// <summary>What this service counts.</summary>
internal sealed class OrderIngestMetrics(IMeterFactory meters, LastOrders lastOrders)
{
    private readonly Meter _meter = meters.Create(Telemetry.SourceName);

    private Counter<long>? _letIn, _refused, _accepted, _duplicates, _conflicts, _rejected, _published, _returned, _republished;

    public void Accepted(string source, long orders) => Add(ref _accepted, "order_ingest.order.accepted", "Orders written into the journal", orders, source);

    /// <summary>Orders that a source sent by itself: they are a sign of life of their stores too.</summary>
    public void Accepted(string source, IReadOnlyCollection<string> stores)
    {
        Accepted(source, stores.Count);
        foreach (var store in stores)
            lastOrders.Note(source, store);
    }

    public void Duplicates(string source, long orders) => Add(ref _duplicates, "order_ingest.order.repeated", "Orders that were in the journal already", orders, source);

    public void Conflicts(string source, long orders) => Add(ref _conflicts, "order_ingest.order.conflicted", "Orders that came again with other content", orders, source);

    public void Rejected(string source, long orders) => Add(ref _rejected, "order_ingest.order.rejected", "Inputs that break a rule", orders, source);

    public void Published(long orders) => Add(ref _published, "order_ingest.order.published", "Orders the broker confirmed", orders);

    public void Returned(long orders) => Add(ref _returned, "order_ingest.order.returned", "Events the broker sent back because no queue was bound", orders);

    public void Republished(long orders) => Add(ref _republished, "order_ingest.order.republished", "Published orders without a journey, published again", orders);

    /// <summary>By key, so that one sees when an old key is not used any more.</summary>
    public void LetIn(string source, string key) =>
        (_letIn ??= _meter.CreateCounter<long>("order_ingest.request.let_in", "{request}", "Requests with a valid key")).Add(1, new("source", source), new("key", key));

    /// <summary>By the code of the refusal; the source is empty where no key told it.</summary>
    public void Refused(string? source, string code) =>
        (_refused ??= _meter.CreateCounter<long>("order_ingest.request.refused", "{request}", "Requests that were not let in")).Add(1, new("source", source ?? ""), new("code", code));

    private void Add(ref Counter<long>? counter, string name, string description, long orders, string? source = null)
    {
        counter ??= _meter.CreateCounter<long>(name, "{order}", description);
        if (orders == 0)
            return;
        if (source is null)
            counter.Add(orders);
        else
            counter.Add(orders, new KeyValuePair<string, object?>("source", source));
    }
}
