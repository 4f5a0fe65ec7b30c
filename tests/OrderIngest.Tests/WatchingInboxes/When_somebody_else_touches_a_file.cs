using Microsoft.Extensions.DependencyInjection;
using OrderIngest.Tests.ReadingOrders;
using OrderIngest.WatchingInboxes;

namespace OrderIngest.Tests.WatchingInboxes;

/// <summary>While it is read, or between two attempts at it.</summary>
public abstract class When_somebody_else_touches_a_file : ImportByHand
{
    [Fact]
    public async Task A_file_that_grows_while_it_is_read_is_read_again()
    {
        var orders = Enumerable.Range(0, 2 * Orders).Select(n => Submitted.Order($"{n}")).ToArray();
        var whole = FlatFile.Of(orders);
        var half = whole.Length / 2;
        await using var writer = new FileStream(Folder["day.csv"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        await writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(whole[..half]));
        await writer.FlushAsync();
        var taken = Inbox.Take("day.csv")!;
        Interruptions.Before = batch =>
        {
            if (batch != 3)
                return;
            writer.Write(System.Text.Encoding.UTF8.GetBytes(whole[half..]));
            writer.Flush();
        };
        await Import.Take(Inbox, taken, default);
        Assert.Equal(InboxFileState.Reading, (await Files.List("pos", null, null, 1, default)).Single().State);
        Assert.Equal([taken], Folder.In("working"));

        await Import.Take(Inbox, taken, default);
        var file = (await Files.List("pos", null, null, 1, default)).Single();
        Assert.Equal((InboxFileState.Done, 2L * Orders, 0L), (file.State, file.Counts.Accepted + file.Counts.Duplicates, file.Counts.Rejected));
        Assert.Equal(2 * Orders, (await Ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task A_file_that_is_renamed_or_deleted_while_it_is_read_is_read_to_its_end()
    {
        var taken = Put("day");
        Interruptions.Before = batch =>
        {
            if (batch == 3)
                File.Move(Folder["working", taken], Folder["elsewhere.csv.part"]);
        };
        await Import.Take(Inbox, taken, default);
        var file = (await Files.List("pos", null, null, 1, default)).Single();
        Assert.Equal((InboxFileState.Done, Orders, null), (file.State, (int)file.Counts.Accepted, file.WorkingFile));
        Assert.Equal("done", Folder.Report("done/day.csv").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_file_that_went_away_before_it_was_read_on_is_closed()
    {
        await Interrupted("day", () => Interruptions.Before = batch => FailAt(3, batch));
        File.Delete(Folder["working", Folder.In("working").Single()]);
        await Import.CloseOrphans(Inbox, default);
        var file = (await Files.List("pos", null, null, 1, default)).Single();
        Assert.Equal((InboxFileState.Failed, null, 2L * BatchSize), (file.State, file.WorkingFile, file.Counts.Accepted));
        Assert.Contains("moved away", file.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_other_hands_is_left_alone_until_the_lease_is_over()
    {
        var taken = Put("day");
        var other = new InboxFiles(Ingest.Services.GetRequiredKeyedService<ServiceDefaults.UsingTheDatabase.ServiceDatabase>("OrderIngest"), TimeProvider.System);
        var claimed = (await other.Claim("pos", taken, 1, TimeSpan.FromMinutes(5), default))!;
        await Import.Take(Inbox, taken, default);
        Assert.Equal(InboxFileState.Claimed, (await Files.Find(claimed.Id, default))!.State);
        await other.Release(claimed.Id, default);
        await Import.Take(Inbox, taken, default);
        Assert.Equal(InboxFileState.Done, (await Files.Find(claimed.Id, default))!.State);
        // Whoever lost it finds out with the next thing it writes down.
        await Assert.ThrowsAsync<LeaseLostException>(() => other.Save(claimed, TimeSpan.FromMinutes(5), default));
        Assert.False(await other.Renew(claimed.Id, TimeSpan.FromMinutes(5), default));
    }
}

public sealed class When_somebody_else_touches_a_file_on_PostgreSql : When_somebody_else_touches_a_file
{
    protected override bool OnPostgres => true;
}

public sealed class When_somebody_else_touches_a_file_on_Sqlite : When_somebody_else_touches_a_file
{
    protected override bool OnPostgres => false;
}
