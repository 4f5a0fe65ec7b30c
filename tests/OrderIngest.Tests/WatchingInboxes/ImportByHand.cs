using Microsoft.Extensions.DependencyInjection;
using OrderIngest.GuardingSources;
using OrderIngest.Tests.ReadingOrders;
using OrderIngest.WatchingInboxes;

namespace OrderIngest.Tests.WatchingInboxes;

/// <summary>The import by itself, without the watcher: each step happens when the test says so.</summary>
public abstract class ImportByHand : OnEitherDatabase
{
    private protected const int Batches = 8, BatchSize = 5, Orders = Batches * BatchSize;

    private protected InboxFolder Folder { get; } = new();

    private protected Interruptions Interruptions { get; } = new();

    private protected RunningIngest Ingest { get; private set; } = null!;

    private protected Inbox Inbox { get; private set; } = null!;

    private protected InboxImport Import => Ingest.Services.GetRequiredService<InboxImport>();

    private protected InboxFiles Files => Ingest.Services.GetRequiredService<InboxFiles>();

    protected override async Task Begin()
    {
        Ingest = await Start();
        Inbox = new(Ingest.Services.GetRequiredService<ConfiguredSources>().Find("pos")!, Folder.Root);
        Inbox.Prepare();
    }

    protected override async Task End()
    {
        await Ingest.DisposeAsync();
        Folder.Dispose();
    }

    private protected async Task Restart(params (string Key, string Value)[] more)
    {
        await Ingest.DisposeAsync();
        Ingest = await Start(more);
    }

    private Task<RunningIngest> Start(params (string Key, string Value)[] more)
    {
        Interruptions.None();
        return RunningIngest.Start(
            Database, new Dictionary<string, string?> { ["OrderIngest:JournalBatchSize"] = $"{BatchSize}" }.Concat(more.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).ToDictionary(),
            adjust: builder => InterruptedJournal.Put(builder.Services, Interruptions));
    }

    private protected static void FailAt(int failing, int batch)
    {
        if (batch == failing)
            throw new InvalidOperationException("interrupted");
    }

    private protected string Put(string name)
    {
        Folder.Deliver($"{name}.csv", FlatFile.Of([.. Enumerable.Range(0, Orders).Select(n => Submitted.Order($"{name} {n}"))]));
        return Inbox.Take($"{name}.csv")!;
    }

    private protected async Task<InboxFile> Interrupted(string name, Action arrange)
    {
        var taken = Put(name);
        Interruptions.None();
        arrange();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Import.Take(Inbox, taken, default));
        Assert.Equal("interrupted", exception.Message);
        Interruptions.None();
        return (await Files.List("pos", null, null, 1, default)).Single();
    }

    private protected async Task<InboxFile> GoOn(string name)
    {
        await Import.Take(Inbox, Folder.In("working").Single(), default);
        Assert.Contains($"{name}.csv", Folder.In("done"));
        return (await Files.List("pos", null, null, 1, default)).Single();
    }
}
