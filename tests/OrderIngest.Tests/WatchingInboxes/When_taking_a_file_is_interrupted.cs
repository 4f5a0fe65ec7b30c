using OrderIngest.WatchingInboxes;

namespace OrderIngest.Tests.WatchingInboxes;

public abstract class When_taking_a_file_is_interrupted : ImportByHand
{
    [Fact]
    public async Task Every_order_is_there_once_whichever_batch_could_not_be_written()
    {
        foreach (var failing in Enumerable.Range(1, Batches))
        {
            var file = await Interrupted($"before-{failing}", () => Interruptions.Before = batch => FailAt(failing, batch));
            Assert.Equal((failing - 1) * BatchSize, file.InputsRead);
            var ended = await GoOn($"before-{failing}");
            // What was not written was not counted: nothing is counted twice.
            Assert.Equal((InboxFileState.Done, Orders, 0L), (ended.State, ended.Counts.Accepted, ended.Counts.Duplicates));
            Assert.Equal(failing * Orders, (await Ingest.Journal.Count(default)).Accepted);
        }
    }

    [Fact]
    public async Task Every_order_is_there_once_whichever_batch_was_written_and_not_noted()
    {
        foreach (var failing in Enumerable.Range(1, Batches))
        {
            await Interrupted($"behind-{failing}", () => Interruptions.Behind = batch => FailAt(failing, batch));
            var ended = await GoOn($"behind-{failing}");
            // One batch comes out as duplicates: the journal has it, and nobody knows from when.
            Assert.Equal((InboxFileState.Done, Orders - BatchSize, BatchSize), (ended.State, ended.Counts.Accepted, ended.Counts.Duplicates));
            Assert.Equal(failing * Orders, (await Ingest.Journal.Count(default)).Accepted);
        }
    }

    [Fact]
    public async Task Reading_does_not_go_on_in_the_middle_under_another_configuration()
    {
        await Interrupted("day", () => Interruptions.Before = batch => FailAt(5, batch));
        await Restart(("OrderIngest:MaxLines", "77"));
        var ended = await GoOn("day");
        // From its beginning: the first four batches are duplicates now, and nothing is missing.
        Assert.Equal((InboxFileState.Done, Orders - 4 * BatchSize, 4 * BatchSize), (ended.State, ended.Counts.Accepted, ended.Counts.Duplicates));
        Assert.Equal(Orders, (await Ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task Reading_does_not_go_on_in_the_middle_when_it_gives_something_else()
    {
        var file = await Interrupted("day", () => Interruptions.Before = batch => FailAt(5, batch));
        var again = (await Files.Claim("pos", file.WorkingFile!, file.Size, TimeSpan.FromMinutes(1), default))!;
        await Files.Save(again with { Mark = again.Mark + 1 }, TimeSpan.Zero, default);
        var ended = await GoOn("day");
        Assert.Equal((InboxFileState.Done, Orders - 4 * BatchSize, 4 * BatchSize), (ended.State, ended.Counts.Accepted, ended.Counts.Duplicates));
    }

    [Fact]
    public async Task A_report_that_was_not_written_any_more_is_written_by_the_next()
    {
        Directory.CreateDirectory(Folder["done", "day.csv.report.json"]);
        var taken = Put("day");
        await Assert.ThrowsAnyAsync<Exception>(() => Import.Take(Inbox, taken, default));
        Assert.Contains("day.csv", Folder.In("done"));
        Directory.Delete(Folder["done", "day.csv.report.json"]);
        await Import.CloseOrphans(Inbox, default);
        Assert.Equal("done", Folder.Report("done/day.csv").GetProperty("state").GetString());
        Assert.Null((await Files.List("pos", null, null, 1, default)).Single().WorkingFile);
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
