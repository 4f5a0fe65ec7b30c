using Microsoft.Extensions.DependencyInjection;
using OrderIngest.GuardingSources;
using OrderIngest.Tests.ReadingOrders;
using OrderIngest.WatchingInboxes;

namespace OrderIngest.Tests.WatchingInboxes;

/// <summary>The import by itself, without the watcher: each step happens when the test says so.</summary>
public abstract class When_taking_a_file_is_interrupted : OnEitherDatabase
{
    private const int Batches = 8, BatchSize = 5, Orders = Batches * BatchSize;

    private readonly InboxFolder _folder = new();
    private readonly Interruptions _interruptions = new();
    private RunningIngest _ingest = null!;
    private Inbox _inbox = null!;

    private InboxImport Import => _ingest.Services.GetRequiredService<InboxImport>();

    private InboxFiles Files => _ingest.Services.GetRequiredService<InboxFiles>();

    [Fact]
    public async Task Every_order_is_there_once_whichever_batch_could_not_be_written()
    {
        foreach (var failing in Enumerable.Range(1, Batches))
        {
            var file = await Interrupted($"before-{failing}", () => _interruptions.Before = batch => FailAt(failing, batch));
            Assert.Equal((failing - 1) * BatchSize, file.InputsRead);
            var ended = await GoOn($"before-{failing}");
            // What was not written was not counted: nothing is counted twice.
            Assert.Equal((InboxFileState.Done, Orders, 0L), (ended.State, ended.Counts.Accepted, ended.Counts.Duplicates));
            Assert.Equal(failing * Orders, (await _ingest.Journal.Count(default)).Accepted);
        }
    }

    [Fact]
    public async Task Every_order_is_there_once_whichever_batch_was_written_and_not_noted()
    {
        foreach (var failing in Enumerable.Range(1, Batches))
        {
            await Interrupted($"behind-{failing}", () => _interruptions.Behind = batch => FailAt(failing, batch));
            var ended = await GoOn($"behind-{failing}");
            // One batch comes out as duplicates: the journal has it, and nobody knows from when.
            Assert.Equal((InboxFileState.Done, Orders - BatchSize, BatchSize), (ended.State, ended.Counts.Accepted, ended.Counts.Duplicates));
            Assert.Equal(failing * Orders, (await _ingest.Journal.Count(default)).Accepted);
        }
    }

    [Fact]
    public async Task A_file_that_grows_while_it_is_read_is_read_again()
    {
        var orders = Enumerable.Range(0, 2 * Orders).Select(n => Submitted.Order($"{n}")).ToArray();
        var whole = FlatFile.Of(orders);
        var half = whole.Length / 2;
        await using var writer = new FileStream(_folder["day.csv"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        await writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(whole[..half]));
        await writer.FlushAsync();
        var taken = _inbox.Take("day.csv")!;
        _interruptions.Before = batch =>
        {
            if (batch != 3)
                return;
            writer.Write(System.Text.Encoding.UTF8.GetBytes(whole[half..]));
            writer.Flush();
        };
        await Import.Take(_inbox, taken, default);
        Assert.Equal(InboxFileState.Reading, (await Files.List("pos", null, null, 1, default)).Single().State);
        Assert.Equal([taken], _folder.In("working"));

        await Import.Take(_inbox, taken, default);
        var file = (await Files.List("pos", null, null, 1, default)).Single();
        Assert.Equal((InboxFileState.Done, 2L * Orders, 0L), (file.State, file.Counts.Accepted + file.Counts.Duplicates, file.Counts.Rejected));
        Assert.Equal(2 * Orders, (await _ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task A_file_that_is_renamed_or_deleted_while_it_is_read_is_read_to_its_end()
    {
        var taken = Put("day");
        _interruptions.Before = batch =>
        {
            if (batch == 3)
                File.Move(_folder["working", taken], _folder["elsewhere.csv.part"]);
        };
        await Import.Take(_inbox, taken, default);
        var file = (await Files.List("pos", null, null, 1, default)).Single();
        Assert.Equal((InboxFileState.Done, Orders, null), (file.State, (int)file.Counts.Accepted, file.WorkingFile));
        Assert.Equal("done", _folder.Report("done/day.csv").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_file_that_went_away_before_it_was_read_on_is_closed()
    {
        await Interrupted("day", () => _interruptions.Before = batch => FailAt(3, batch));
        File.Delete(_folder["working", _folder.In("working").Single()]);
        await Import.CloseOrphans(_inbox, default);
        var file = (await Files.List("pos", null, null, 1, default)).Single();
        Assert.Equal((InboxFileState.Failed, null, 2L * BatchSize), (file.State, file.WorkingFile, file.Counts.Accepted));
        Assert.Contains("moved away", file.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_does_not_go_on_in_the_middle_under_another_configuration()
    {
        await Interrupted("day", () => _interruptions.Before = batch => FailAt(5, batch));
        await _ingest.DisposeAsync();
        _ingest = await Start(("OrderIngest:MaxLines", "77"));
        var ended = await GoOn("day");
        // From its beginning: the first four batches are duplicates now, and nothing is missing.
        Assert.Equal((InboxFileState.Done, Orders - 4 * BatchSize, 4 * BatchSize), (ended.State, ended.Counts.Accepted, ended.Counts.Duplicates));
        Assert.Equal(Orders, (await _ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task Reading_does_not_go_on_in_the_middle_when_it_gives_something_else()
    {
        var file = await Interrupted("day", () => _interruptions.Before = batch => FailAt(5, batch));
        var again = (await Files.Claim("pos", file.WorkingFile!, file.Size, TimeSpan.FromMinutes(1), default))!;
        await Files.Save(again with { Mark = again.Mark + 1 }, TimeSpan.Zero, default);
        var ended = await GoOn("day");
        Assert.Equal((InboxFileState.Done, Orders - 4 * BatchSize, 4 * BatchSize), (ended.State, ended.Counts.Accepted, ended.Counts.Duplicates));
    }

    [Fact]
    public async Task A_file_in_other_hands_is_left_alone_until_the_lease_is_over()
    {
        var taken = Put("day");
        var other = new InboxFiles(_ingest.Services.GetRequiredKeyedService<ServiceDefaults.UsingTheDatabase.ServiceDatabase>("OrderIngest"), TimeProvider.System);
        var claimed = (await other.Claim("pos", taken, 1, TimeSpan.FromMinutes(5), default))!;
        await Import.Take(_inbox, taken, default);
        Assert.Equal(InboxFileState.Claimed, (await Files.Find(claimed.Id, default))!.State);
        await other.Release(claimed.Id, default);
        await Import.Take(_inbox, taken, default);
        Assert.Equal(InboxFileState.Done, (await Files.Find(claimed.Id, default))!.State);
        // Whoever lost it finds out with the next thing it writes down.
        await Assert.ThrowsAsync<LeaseLostException>(() => other.Save(claimed, TimeSpan.FromMinutes(5), default));
        Assert.False(await other.Renew(claimed.Id, TimeSpan.FromMinutes(5), default));
    }

    [Fact]
    public async Task A_report_that_was_not_written_any_more_is_written_by_the_next()
    {
        Directory.CreateDirectory(_folder["done", "day.csv.report.json"]);
        var taken = Put("day");
        await Assert.ThrowsAnyAsync<Exception>(() => Import.Take(_inbox, taken, default));
        Assert.Contains("day.csv", _folder.In("done"));
        Directory.Delete(_folder["done", "day.csv.report.json"]);
        await Import.CloseOrphans(_inbox, default);
        Assert.Equal("done", _folder.Report("done/day.csv").GetProperty("state").GetString());
        Assert.Null((await Files.List("pos", null, null, 1, default)).Single().WorkingFile);
    }

    protected override async Task Begin()
    {
        _ingest = await Start();
        _inbox = new(_ingest.Services.GetRequiredService<ConfiguredSources>().Find("pos")!, _folder.Root);
        _inbox.Prepare();
    }

    protected override async Task End()
    {
        await _ingest.DisposeAsync();
        _folder.Dispose();
    }

    private Task<RunningIngest> Start(params (string Key, string Value)[] more)
    {
        _interruptions.None();
        return RunningIngest.Start(
            Database, new Dictionary<string, string?> { ["OrderIngest:JournalBatchSize"] = $"{BatchSize}" }.Concat(more.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).ToDictionary(),
            adjust: builder => InterruptedJournal.Put(builder.Services, _interruptions));
    }

    private static void FailAt(int failing, int batch)
    {
        if (batch == failing)
            throw new InvalidOperationException("interrupted");
    }

    private string Put(string name)
    {
        _folder.Deliver($"{name}.csv", FlatFile.Of([.. Enumerable.Range(0, Orders).Select(n => Submitted.Order($"{name} {n}"))]));
        return _inbox.Take($"{name}.csv")!;
    }

    private async Task<InboxFile> Interrupted(string name, Action arrange)
    {
        var taken = Put(name);
        _interruptions.None();
        arrange();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Import.Take(_inbox, taken, default));
        Assert.Equal("interrupted", exception.Message);
        _interruptions.None();
        return (await Files.List("pos", null, null, 1, default)).Single();
    }

    private async Task<InboxFile> GoOn(string name)
    {
        await Import.Take(_inbox, _folder.In("working").Single(), default);
        Assert.Contains($"{name}.csv", _folder.In("done"));
        return (await Files.List("pos", null, null, 1, default)).Single();
    }
}

public sealed class When_taking_a_file_is_interrupted_on_PostgreSql : When_taking_a_file_is_interrupted
{
    protected override bool OnPostgres => true;
}

public sealed class When_taking_a_file_is_interrupted_on_Sqlite : When_taking_a_file_is_interrupted
{
    protected override bool OnPostgres => false;
}
