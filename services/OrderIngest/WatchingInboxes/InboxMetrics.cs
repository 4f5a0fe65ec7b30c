using System.Diagnostics.Metrics;
using ServiceDefaults.Observing;

namespace OrderIngest.WatchingInboxes;

/// <summary>Counts the inboxes' files; a rising number of failed ones is what somebody should look at.</summary>
internal sealed class InboxMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _finished =
        meters.Create(Telemetry.SourceName).CreateCounter<long>("order_ingest.file.finished", "{file}", "Files of inboxes that were put away, by source and state");

    public void Finished(InboxFile file) => _finished.Add(1, new("source", file.Source), new("state", InboxFileStateText.Of(file.State)));
}
