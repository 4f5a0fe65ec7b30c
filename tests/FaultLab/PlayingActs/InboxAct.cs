using System.Text.Json;
using RunningSystem;

namespace FaultLab.PlayingActs;

/// <summary>OrderIngest dies twice with a file in hand: once while a batch is written into the journal, once when a batch is in it and not noted as read.</summary>
internal static class InboxAct
{
    private const int Orders = 600, BatchSize = 5;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public static SystemSettings Settings { get; } = Act.AllFarBut(
        ("OrderIngest", "OrderIngest__JournalBatchSize", $"{BatchSize}"), ("OrderIngest", "OrderIngest__InboxPollInterval", "00:00:00.1"),
        ("OrderIngest", "OrderIngest__InboxQuietTime", "00:00:00.1"), ("OrderIngest", "OrderIngest__InboxLease", "00:00:01")) with
    { WatchInbox = true };

    public static async Task Play(Stage stage)
    {
        var (ingest, receipts) = (stage.System.OrderIngest, stage.NewReceipts(Orders));
        var content = string.Concat(receipts.Select(receipt => ErpOrder.Json(ErpOrder.Of(receipt)) + "\n"));
        await stage.System.Inbox.Deliver("day.ndjson", content, stage.Stop);

        await HasJournaled(Orders / 6);
        await using (await stage.HoldBackJournal())
        {
            await stage.Until("A batch on its way into the journal", async () => await stage.JournalIsAwaited() || await stage.Journaled() == Orders);
            await DieHalfWay();
        }
        await stage.Restart(ingest);

        await HasJournaled(Orders / 2);
        await using (await stage.HoldBackNotes())
        {
            await stage.Until("A batch in the journal that is not noted", async () => await stage.Journaled() is var journaled && (journaled > await stage.Noted() || journaled == Orders));
            await DieHalfWay();
        }
        await stage.Restart(ingest);

        var report = await Ends("day.ndjson", "done");
        var (accepted, duplicates) = (report.GetProperty("accepted").GetInt32(), report.GetProperty("duplicates").GetInt32());
        // What a death left unnoted is counted a second time, as duplicates: a batch for each, and nothing else.
        if (accepted + duplicates != Orders || duplicates > 2 * BatchSize)
            throw new BrokenPromiseException($"the report of {Orders} orders says {accepted} accepted and {duplicates} duplicates");
        await stage.System.Inbox.Deliver("day-once-more.ndjson", content, stage.Stop);
        await Ends("day-once-more.ndjson", "repeated");
        await stage.Accept(receipts, TimeSpan.Zero);

        Task HasJournaled(int orders) => stage.Promised($"{orders} orders of the file in the journal", async () => await stage.Journaled() >= orders, Soon);

        async Task DieHalfWay()
        {
            if (await stage.Journaled() >= Orders)
                throw new InvalidOperationException("the file was in the journal to its end before anybody died; make it longer");
            await stage.Die(ingest);
        }

        async Task<JsonElement> Ends(string name, string state)
        {
            JsonElement? read = null;
            var inbox = stage.System.Inbox;
            await stage.Promised($"{name} put away", () =>
            {
                read = inbox.ReportOf(ErpInbox.Done, name) ?? inbox.ReportOf(ErpInbox.Failed, name);
                return Task.FromResult(read is not null);
            }, Soon);
            return read!.Value.GetProperty("state").GetString() is var ended && ended == state ? read.Value : throw new BrokenPromiseException($"{name} ended as {ended} and not as {state}");
        }
    }
}
