using System.Net;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.RepairingRejectedInput;

public abstract class When_rejected_input_is_listed : OnRejectedInput
{
    [Fact]
    public async Task Each_is_told_with_its_file_its_place_and_all_its_faults()
    {
        await Import("a.csv", FlatFile.With("\r\n", Submitted.Order("1"), Submitted.Order("2") with { Currency = "ABC", Kind = "gift" }));
        var entry = Assert.Single((await Ingest.Get("/rejected")).Body.GetProperty("rejected").EnumerateArray());
        Assert.Equal(("pos", "invalid", "open", "a.csv", "csv", "import a.csv"), (entry.Text("source"), entry.Text("reason"), entry.Text("state"), entry.Text("file"), entry.Text("format"), entry.Text("origin")));
        // The header row and one row of an order come before it.
        var before = FlatFile.With("\r\n", Submitted.Order("1")).Length;
        Assert.Equal((3, 1, 1, before), (entry.Number("firstRow"), entry.Number("rows"), entry.Number("times"), entry.Number("position")));
        Assert.Equal(["row 3, kind", "row 3, currency"], entry.GetProperty("faults").EnumerateArray().Select(fault => fault.Text("at")));
        Assert.False(entry.TryGetProperty("raw", out _));
    }

    [Fact]
    public async Task It_is_found_by_source_reason_fault_file_and_time()
    {
        await Import("a.csv", FlatFile.Of(Submitted.Order("1") with { Currency = "ABC" }, Submitted.Order("2") with { Currency = "ABC" }));
        await Import("b.csv", FlatFile.Of(Submitted.Order("3") with { Currency = "ABC", Kind = "gift" }, Submitted.Order("4")));
        await Import("c.csv", FlatFile.Of(Submitted.Order("4", price: 1)));
        using var web = await Ingest.Post("{}", "/orders?source=web");

        Assert.Equal(5, await Found(""));
        Assert.Equal(4, await Found("source=pos"));
        Assert.Equal(1, await Found("source=WEB"));
        Assert.Equal(1, await Found("reason=changed-after-acceptance"));
        Assert.Equal(3, await Found("source=pos&reason=invalid"));
        Assert.Equal(3, await Found("fault=currency is not a currency code of ISO 4217"));
        Assert.Equal(2, await Found("file=a.csv"));
        Assert.Equal(1, await Found("file=b.csv&fault=currency is not a currency code of ISO 4217&source=pos&reason=invalid"));
        Assert.Equal(0, await Found("file=a.csv&fault=kind must be sale or return"));
        Assert.Equal(1, await Found("fault=was accepted before with other content"));
        Assert.Equal(5, await Found("from=2020-01-01"));
        Assert.Equal(0, await Found("to=2020-01-01T00:00:00Z"));
        Assert.Equal(3, await Found("from=2020-01-01T00:00:00+01:00&fault=currency is not a currency code of ISO 4217"));
        Assert.Equal(0, await Found("state=dismissed"));
        Assert.Equal(0, await Found("state=resubmitted&file=a.csv"));
    }

    [Theory]
    [InlineData("falut=x", "falut")]
    [InlineData("state=closed", "state")]
    [InlineData("reason=odd", "reason")]
    [InlineData("from=yesterday", "from")]
    [InlineData("after=17", "after")]
    [InlineData("source=nobody", "nobody")]
    public async Task A_filter_that_says_nothing_is_refused(string query, string named)
    {
        var (status, body) = await Ingest.Get($"/rejected?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, body.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_show_each_once_whatever_comes_and_goes_meanwhile()
    {
        await Import("a.csv", FlatFile.Of([.. Enumerable.Range(0, 7).Select(n => Submitted.Order($"{n}") with { Currency = "ABC" })]));
        var seen = new List<long>();
        string? next = "/rejected?file=a.csv&limit=3";
        var pages = 0;
        while (next is not null)
        {
            var (_, body) = await Ingest.Get(next);
            seen.AddRange(body.GetProperty("rejected").EnumerateArray().Select(entry => entry.Number("id")));
            next = body.Text("next");
            if (pages++ == 0)
            {
                await Import("a.csv", FlatFile.Of(Submitted.Order("new") with { Currency = "ABC" }));
                await Ingest.Ask("/rejected/dismiss", new { ids = new[] { seen[0] }, why = "seen" });
            }
        }
        Assert.Equal(3, pages);
        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task The_summary_counts_each_kind_of_fault_once_per_order()
    {
        var twoLines = Submitted.Order("1") with { Lines = [new() { Number = 1, Sku = "", Quantity = 1, UnitPrice = 1, Total = 1 }, new() { Number = 2, Sku = "", Quantity = 1, UnitPrice = 1, Total = 1 }] };
        await Import("a.csv", FlatFile.Of(twoLines, twoLines with { ReceiptNumber = "2", Kind = "gift" }));
        await Import("b.csv", FlatFile.Of(twoLines with { ReceiptNumber = "3" }, Submitted.Order("4")));
        await Import("c.csv", FlatFile.Of(Submitted.Order("4", price: 1)));
        using var web = await Ingest.Post("[]", "/orders?source=web");
        var (_, summary) = await Ingest.Get("/rejected/summary");
        Assert.Equal(5, summary.Number("inputs"));
        Assert.Equal([("pos", "invalid", 3), ("pos", "changed-after-acceptance", 1), ("web", "invalid", 1)], Rows(summary, "byReason", "reason"));
        Assert.Equal(
            [("pos", "sku is required", 3), ("pos", "kind must be sale or return", 1), ("pos", "was accepted before with other content", 1), ("web", "must be a JSON object", 1)],
            Rows(summary, "byFault", "fault"));
        Assert.Equal([2, 1, 1, 0], summary.GetProperty("byFault").EnumerateArray().Select(row => row.GetProperty("files").GetInt32()));
        Assert.Equal([("pos", "a.csv", 2), ("pos", "b.csv", 1), ("pos", "c.csv", 1)], Rows(summary, "byFile", "file"));

        (_, summary) = await Ingest.Get("/rejected/summary?source=web");
        Assert.Equal([("web", "invalid", 1)], Rows(summary, "byReason", "reason"));
        Assert.Equal(HttpStatusCode.BadRequest, (await Ingest.Get("/rejected/summary?file=a.csv")).Status);
    }

    [Fact]
    public async Task The_same_row_in_another_file_is_the_same_input_known_by_where_it_was_last()
    {
        var bad = Submitted.Order("2") with { Currency = "ABC" };
        await Import("monday.csv", FlatFile.Of(bad));
        await Import("tuesday.csv", FlatFile.Of(Submitted.Order("1"), bad));
        var entry = Assert.Single((await Ingest.Get("/rejected")).Body.GetProperty("rejected").EnumerateArray());
        Assert.Equal(("tuesday.csv", 3, 2), (entry.Text("file"), entry.Number("firstRow"), entry.Number("times")));
        Assert.Equal("row 3, currency", entry.GetProperty("faults")[0].Text("at"));
        Assert.Equal(0, await Found("file=monday.csv&fault=currency is not a currency code of ISO 4217"));
        Assert.Equal(1, await Found("file=tuesday.csv&fault=currency is not a currency code of ISO 4217"));
    }

    [Fact]
    public async Task One_is_shown_with_its_bytes_as_text_or_as_bytes()
    {
        using var post = await Ingest.Post("""{"storeId":"Zürich"}""");
        using var torn = await Ingest.Post([0x7B, 0x00, 0xFF]);
        var ids = (await Ingest.Rejected()).Select(entry => entry.Id).Order().ToList();
        Assert.Equal("""{"storeId":"Zürich"}""", (await Ingest.Get($"/rejected/{ids[0]}")).Body.GetProperty("body").Text("text"));
        var odd = (await Ingest.Get($"/rejected/{ids[1]}")).Body.GetProperty("body");
        Assert.Null(odd.Text("text"));
        Assert.Equal("ewD/", odd.Text("base64"));
        Assert.Equal([0x7B, 0x00, 0xFF], await Ingest.Http.GetByteArrayAsync($"/rejected/{ids[1]}/body"));
        Assert.Equal(HttpStatusCode.NotFound, (await Ingest.Get("/rejected/999999")).Status);
    }

    private async Task<int> Found(string query) => (await Ingest.Get($"/rejected?{query}")).Body.GetProperty("rejected").GetArrayLength();

    private static IEnumerable<(string?, string?, int)> Rows(JsonElement summary, string list, string name) =>
        summary.GetProperty(list).EnumerateArray().Select(row => (row.Text("source"), row.Text(name), row.GetProperty("inputs").GetInt32()));
}

public sealed class When_rejected_input_is_listed_on_PostgreSql : When_rejected_input_is_listed
{
    protected override bool OnPostgres => true;
}

public sealed class When_rejected_input_is_listed_on_Sqlite : When_rejected_input_is_listed
{
    protected override bool OnPostgres => false;
}
