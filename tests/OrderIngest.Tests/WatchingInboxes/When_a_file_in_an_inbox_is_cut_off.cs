using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.WatchingInboxes;

public abstract class When_a_file_in_an_inbox_is_cut_off : WatchedInboxes
{
    [Fact]
    public async Task A_packed_file_that_was_cut_off_is_reported_and_its_whole_orders_are_kept()
    {
        var orders = Enumerable.Range(0, 300).Select(n => Submitted.Order($"{n}")).ToArray();
        var packed = InboxFolder.Packed(FlatFile.Of(orders));
        Folder.Deliver("day.csv.gz", packed[..(packed.Length / 2)]);
        var file = await Finished("day.csv.gz");
        Assert.Equal("truncated", file.GetProperty("state").GetString());
        Assert.Equal(["day.csv.gz"], Folder.In("failed"));
        var kept = file.GetProperty("accepted").GetInt32();
        Assert.InRange(kept, 1, 299);
        // The last one may lack rows; it is with the rejected input, and so is what is left of a row behind it.
        Assert.InRange(file.GetProperty("rejected").GetInt32(), 1, 2);
        Assert.Equal(kept, (await Ingest.Journal.Count(default)).Accepted);

        Folder.Deliver("day-whole.csv.gz", packed);
        Assert.Equal(("done", 300 - kept, kept, 0, 0, 300), Seen(await Finished("day-whole.csv.gz")));
    }

    [Fact]
    public async Task A_file_that_ends_in_the_middle_of_an_order_is_reported_as_truncated()
    {
        var lines = $"{Submitted.Json(Submitted.Order("1"))}\n{Submitted.Json(Submitted.Order("2"))}";
        File.WriteAllText(WebFolder["a.json"], lines[..^30]);
        Assert.Equal(("truncated", 1, 0, 0, 1, 2), Seen(await Finished("a.json")));
        File.WriteAllText(WebFolder["b.json"], lines);
        Assert.Equal(("done", 1, 1, 0, 0, 2), Seen(await Finished("b.json")));
        // A whole one that breaks a rule is not a cut one.
        File.WriteAllText(WebFolder["c.json"], $"{lines}\n{Submitted.Json(Submitted.Order("3") with { Kind = "gift" })}");
        Assert.Equal(("done-with-rejections", 0, 2, 0, 1, 3), Seen(await Finished("c.json")));
    }

    [Fact]
    public async Task A_file_without_its_trailer_is_reported_as_truncated()
    {
        await Restart(
            ("OrderIngest:Sources:pos:Rows:HeaderRows", "0"), ("OrderIngest:Sources:pos:Rows:TypeColumn", "#1"), ("OrderIngest:Sources:pos:Rows:Order", "H"), ("OrderIngest:Sources:pos:Rows:Line", "L"),
            ("OrderIngest:Sources:pos:Rows:Trailer", "T"), ("OrderIngest:Sources:pos:TimeZone", "Europe/Stockholm"), ("OrderIngest:Sources:pos:Currency", "EUR"), ("OrderIngest:Sources:pos:Columns:storeId", "=S"),
            ("OrderIngest:Sources:pos:Columns:registerId", "=1"), ("OrderIngest:Sources:pos:Columns:receiptNumber", "#2"), ("OrderIngest:Sources:pos:Columns:occurredAt", "#3"),
            ("OrderIngest:Sources:pos:Columns:totals.gross", "#4"), ("OrderIngest:Sources:pos:Columns:line.sku", "#2"), ("OrderIngest:Sources:pos:Columns:line.total", "#3"));
        const string Orders = "H,901,2026-11-20 12:00:00,7.00\nL,A,5.00\nL,B,2.00\n";
        Folder.Deliver("cut.csv", Orders);
        Assert.Equal(("truncated", 1, 0, 0, 1, 3), Seen(await Finished("cut.csv")));
        Folder.Deliver("whole.csv", $"{Orders}T,1\n");
        Assert.Equal("done", (await Finished("whole.csv")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_POSLog_that_was_cut_off_is_reported_as_truncated()
    {
        await Restart(("OrderIngest:Sources:pos:Format", "poslog"));
        const string Training = "<Transaction TrainingModeFlag=\"true\"><RetailStoreID>1</RetailStoreID></Transaction>";
        Folder.Deliver("whole.xml", $"<POSLog>{Training}</POSLog>");
        Assert.Equal("done", (await Finished("whole.xml")).GetProperty("state").GetString());
        Folder.Deliver("between.xml", $"<POSLog>{Training}");
        Assert.Equal("truncated", (await Finished("between.xml")).GetProperty("state").GetString());
        Folder.Deliver("inside.xml", $"<POSLog>{Training}{Training[..40]}");
        Assert.Equal("truncated", (await Finished("inside.xml")).GetProperty("state").GetString());
    }
}

public sealed class When_a_file_in_an_inbox_is_cut_off_on_PostgreSql : When_a_file_in_an_inbox_is_cut_off
{
    protected override bool OnPostgres => true;
}

public sealed class When_a_file_in_an_inbox_is_cut_off_on_Sqlite : When_a_file_in_an_inbox_is_cut_off
{
    protected override bool OnPostgres => false;
}
