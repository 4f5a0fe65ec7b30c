using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.WatchingInboxes;

public abstract class When_a_file_lies_in_an_inbox : WatchedInboxes
{
    [Fact]
    public async Task It_is_taken_and_put_away_with_a_report()
    {
        Folder.Deliver("day.csv", FlatFile.Of(Submitted.Order("1"), Submitted.Order("2"), Submitted.Order("1")));
        var file = await Finished("day.csv");
        Assert.Equal(("done", 2, 1, 0, 0, 3), Seen(file));
        Assert.Equal(("done/day.csv", "pos"), (file.GetProperty("movedTo").GetString(), file.GetProperty("source").GetString()));
        Assert.Equal(file.GetProperty("size").GetInt64(), file.GetProperty("bytesRead").GetInt64());
        Assert.Equal(["day.csv"], Folder.In("done"));
        Assert.Empty(Folder.In("working"));
        Assert.Equal(("done", 2, 1, 0, 0, 3), Seen(Folder.Report("done/day.csv")));
        Assert.Equal(2, (await Ingest.Journal.Count(default)).Accepted);
        await Eventually.Becomes(() => Task.FromResult(Ingest.Received.Ids.Count), count => count == 2);
        var one = await Ingest.Http.GetFromJsonAsync<JsonElement>($"/files/{file.GetProperty("id").GetInt64()}");
        Assert.Equal(file.GetRawText(), one.GetRawText());
    }

    [Fact]
    public async Task It_is_counted_by_its_state()
    {
        var counted = new System.Collections.Concurrent.ConcurrentQueue<(string?, string?)>();
        using var meters = new System.Diagnostics.Metrics.MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "order_ingest.file.finished")
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Enqueue((tags.ToArray().Single(tag => tag.Key == "source").Value as string, tags.ToArray().Single(tag => tag.Key == "state").Value as string)));
        meters.Start();
        var source = $"counted-{Guid.NewGuid():N}"[..20];
        using var folder = new InboxFolder();
        await Restart(($"OrderIngest:Sources:{source}:Inbox", folder.Root));
        folder.Deliver("a.csv", FlatFile.Of(Submitted.Order("1")));
        folder.Deliver("b.csv", "nothing");
        // Other tests count too, for other sources.
        var seen = await Eventually.Becomes(() => Task.FromResult(counted.Where(file => file.Item1 == source).Select(file => file.Item2).Order(StringComparer.Ordinal).ToList()), states => states.Count == 2);
        Assert.Equal(["done", "failed"], seen);
        // A file is counted before it is put away: whoever watches the folder goes before it does.
        await Restart();
    }

    [Fact]
    public async Task Its_bad_orders_are_kept_and_its_good_ones_taken()
    {
        Folder.Deliver("day.csv", FlatFile.Of(Submitted.Order("1"), Submitted.Order("2") with { Currency = "ABC", Customer = new("2900000000017", Email: "pat@shop.example") }, Submitted.Order("3")));
        var file = await Finished("day.csv");
        Assert.Equal(("done-with-rejections", 2, 0, 0, 1, 3), Seen(file));
        var fault = Assert.Single(Folder.Report("done/day.csv").GetProperty("faults").EnumerateArray());
        Assert.Equal((3, "invalid", "row 3, currency"), (fault.GetProperty("row").GetInt32(), fault.GetProperty("reason").GetString(), fault.GetProperty("faults")[0].GetProperty("at").GetString()));
        Assert.DoesNotContain("pat@", Folder.Report("done/day.csv").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("inbox day.csv", Assert.Single(await Ingest.Rejected("pos")).Origin);
    }

    [Fact]
    public async Task The_same_content_again_is_recognised_under_any_name()
    {
        var content = FlatFile.Of(Submitted.Order("1"), Submitted.Order("2"));
        Folder.Deliver("day.csv", content);
        var first = await Finished("day.csv");
        Folder.Deliver("day-again.csv", content);
        var again = await Finished("day-again.csv");
        Assert.Equal(("repeated", 0, 0, 0, 0, 0), Seen(again));
        Assert.Equal(first.GetProperty("id").GetInt64(), again.GetProperty("sameAs").GetInt64());
        // And under the same name: neither file nor report is overwritten.
        Folder.Deliver("day.csv", content);
        await Eventually.Becomes(() => Task.FromResult(Folder.In("done").Length), count => count == 3);
        Assert.Equal("done", Folder.Report("done/day.csv").GetProperty("state").GetString());
        Assert.Contains(Folder.In("done"), name => name is not "day.csv" && name.StartsWith("day.2", StringComparison.Ordinal));
        Assert.Equal(2, (await Ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task The_same_content_of_another_source_is_another_file()
    {
        var order = Submitted.Json(Submitted.Order("1"));
        File.WriteAllText(WebFolder["web.json"], order);
        Folder.Deliver("day.csv", order);
        var web = await Finished("web.json");
        Assert.Equal(("done", "web"), (web.GetProperty("state").GetString(), web.GetProperty("source").GetString()));
        Assert.Equal("failed", (await Finished("day.csv")).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "row 1, store_id is missing")]
    [InlineData("<POSLog/>", "row 1, store_id is missing")]
    [InlineData("", "is empty")]
    public async Task It_fails_with_the_reason_when_it_cannot_be_understood(string content, string says)
    {
        Folder.Deliver("day.csv", content);
        var file = await Finished("day.csv");
        Assert.Equal(("failed", 0, 0, 0, 0, 0), Seen(file));
        Assert.Contains(says, file.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(["day.csv"], Folder.In("failed"));
        Assert.Contains(says, Folder.Report("failed/day.csv").GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_fails_when_nothing_in_it_keeps_the_rules_and_is_read_again_when_it_comes_again()
    {
        Folder.Deliver("day.csv", FlatFile.Of(Submitted.Order("1") with { Kind = "gift" }));
        Assert.Equal(("failed", 0, 0, 0, 1, 1), Seen(await Finished("day.csv")));
        File.Move(Folder["failed", "day.csv"], Folder["again.csv"]);
        Assert.Equal(("failed", 0, 0, 0, 1, 1), Seen(await Finished("again.csv")));
    }

    [Fact]
    public async Task It_may_be_packed()
    {
        Folder.Deliver("day.csv.gz", InboxFolder.Packed(FlatFile.Of(Submitted.Order("1"), Submitted.Order("2"))));
        Assert.Equal(("done", 2, 0, 0, 0, 2), Seen(await Finished("day.csv.gz")));
    }

    [Fact]
    public async Task A_file_with_rejections_is_read_again_under_another_configuration()
    {
        var content = FlatFile.Of(Submitted.Order("1"), Submitted.Order("2") with { OccurredAt = "2026-11-20T12:00:00" });
        Folder.Deliver("day.csv", content);
        Assert.Equal(("done-with-rejections", 1, 0, 0, 1, 2), Seen(await Finished("day.csv")));
        Folder.Deliver("same.csv", content);
        Assert.Equal("repeated", (await Finished("same.csv")).GetProperty("state").GetString());

        await Restart(("OrderIngest:Sources:pos:TimeZone", "Europe/Stockholm"));
        Folder.Deliver("fixed.csv", content);
        Assert.Equal(("done", 1, 1, 0, 0, 2), Seen(await Finished("fixed.csv")));
    }

    [Fact]
    public async Task Files_are_listed_by_state_and_page_by_page()
    {
        foreach (var n in Enumerable.Range(0, 5))
            Folder.Deliver($"{n}.csv", n == 2 ? "nothing" : FlatFile.Of(Submitted.Order($"{n}")));
        await Eventually.Becomes(() => Files(), files => files.Count(file => file.GetProperty("finishedAt").ValueKind == JsonValueKind.String) == 5);
        Assert.Equal("2.csv", Assert.Single(await Files("?state=failed")).GetProperty("name").GetString());
        Assert.Equal(4, (await Files("?state=done&source=pos")).Count);
        Assert.Empty(await Files("?source=web"));
        var first = await Ingest.Http.GetFromJsonAsync<JsonElement>("/files?limit=3");
        var second = await Ingest.Http.GetFromJsonAsync<JsonElement>($"/files?limit=3&after={first.GetProperty("after").GetInt64()}");
        var ids = Ids(first).Concat(Ids(second)).ToList();
        Assert.Equal(5, ids.Distinct().Count());
        Assert.Equal(ids.OrderDescending(), ids);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("after").ValueKind);
        using var unknown = await Ingest.Http.GetAsync(new Uri("/files?state=lost", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var none = await Ingest.Http.GetAsync(new Uri("/files/4711", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static IEnumerable<long> Ids(JsonElement list) => list.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("id").GetInt64());
}

public sealed class When_a_file_lies_in_an_inbox_on_PostgreSql : When_a_file_lies_in_an_inbox
{
    protected override bool OnPostgres => true;
}

public sealed class When_a_file_lies_in_an_inbox_on_Sqlite : When_a_file_lies_in_an_inbox
{
    protected override bool OnPostgres => false;
}
