using System.Net;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.RepairingRejectedInput;

public abstract class When_rejected_input_is_resubmitted : OnRejectedInput
{
    [Fact]
    public async Task A_fix_of_the_configuration_shows_what_would_pass_and_then_lets_it_in()
    {
        await Import("a.csv", FlatFile.Of(
            Submitted.Order("1") with { OccurredAt = LocalTime }, Submitted.Order("2") with { OccurredAt = LocalTime, Currency = "ABC" }, Submitted.Order("3") with { OccurredAt = LocalTime }));
        var (_, before) = await Ingest.Ask("/rejected/preview", new { filter = new { } });
        Assert.Equal((3, 0, 3), (before.Number("inputs"), before.Number("accepted"), before.Number("rejected")));

        await Restart(WithZone);
        var tables = await Tables();
        var (status, preview) = await Ingest.Ask("/rejected/preview", new { filter = new { file = "a.csv" } });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((true, 3, 2, 1), (preview.GetProperty("dryRun").GetBoolean(), preview.Number("inputs"), preview.Number("accepted"), preview.Number("rejected")));
        Assert.Equal([("accepted", 2, 0), ("rejected", 3, 1), ("accepted", 4, 0)], preview.GetProperty("entries").EnumerateArray().Select(
            entry => (entry.Text("outcome"), entry.GetProperty("firstRow").GetInt32(), entry.GetProperty("faults").GetArrayLength())));
        Assert.Equal("row 3, currency", preview.GetProperty("entries")[1].GetProperty("faults")[0].Text("at"));
        var wrong = Assert.Single(preview.GetProperty("stillWrong").EnumerateArray());
        Assert.Equal(("currency is not a currency code of ISO 4217", 1), (wrong.Text("fault"), wrong.Number("inputs")));
        Assert.Equal(tables, await Tables());

        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { fault = "occurred_at has no offset from UTC, and the source has no TimeZone configured" } });
        Assert.Equal((false, 3, 2, 1), (report.GetProperty("dryRun").GetBoolean(), report.Number("inputs"), report.Number("accepted"), report.Number("rejected")));
        var published = await Eventually.Becomes(() => Task.FromResult(Ingest.Received.All), all => all.Count == 2);
        Assert.Equal(["1", "3"], published.Select(one => one.Event.Order.ReceiptNumber).Order(StringComparer.Ordinal));
        // Noon in Stockholm.
        Assert.All(published, one => Assert.Equal(new DateTimeOffset(2026, 11, 20, 11, 0, 0, TimeSpan.Zero), one.Event.Order.OccurredAt));
        Assert.Equal(report.GetProperty("entries").EnumerateArray().Where(entry => entry.Text("outcome") == "accepted").Select(entry => entry.GetProperty("orderIds")[0].GetGuid()).Order(), published.Select(one => one.Event.OrderId).Order());

        // What is left is counted by what is wrong with it today.
        var left = Assert.Single(await Ingest.Rejected());
        Assert.Equal(["row 3, currency"], left.Faults.Select(fault => fault.At));
        var fault = Assert.Single((await Ingest.Get("/rejected/summary")).Body.GetProperty("byFault").EnumerateArray());
        Assert.Equal("currency is not a currency code of ISO 4217", fault.Text("fault"));
        var closed = (await Ingest.Get("/rejected?state=resubmitted")).Body.GetProperty("rejected");
        Assert.Equal(2, closed.GetArrayLength());
        Assert.Equal(("accepted", "anyone"), (closed[0].Text("note"), closed[0].Text("stateBy")));
        Assert.Contains(closed[0].GetProperty("orderId").GetGuid(), published.Select(one => one.Event.OrderId));

        // Importing the whole file again finds them there.
        var again = await Import("a.csv", FlatFile.Of(Submitted.Order("1") with { OccurredAt = LocalTime }));
        Assert.Equal((0, 1), (again.Accepted, again.Duplicates));
    }

    [Fact]
    public async Task Json_is_read_as_json_whatever_the_files_of_its_source_hold()
    {
        var order = Submitted.Order("1") with { OccurredAt = LocalTime };
        using var alone = await Ingest.Post(Submitted.Node(order).ToString());
        using var batch = await Ingest.Post($"{Submitted.Json(order with { ReceiptNumber = "2" })}\n", "/orders/batch?source=pos", "application/x-ndjson");
        await Restart(WithZone);
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { source = "pos" } });
        Assert.Equal((2, 2), (report.Number("inputs"), report.Number("accepted")));
    }

    [Fact]
    public async Task Input_of_an_unknown_source_passes_once_somebody_has_configured_it()
    {
        var order = Submitted.Node(Submitted.Order());
        order["source"] = "outlet";
        using var response = await Ingest.Post(order.ToJsonString(), "/orders");
        Assert.Equal("", Assert.Single(await Ingest.Rejected()).Source);
        Assert.Equal(1, (await Ingest.Get("/rejected?source=")).Body.GetProperty("rejected").GetArrayLength());
        await Restart(new() { ["OrderIngest:Sources:outlet:Format"] = "json" });
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { } });
        Assert.Equal(1, report.Number("accepted"));
        await Eventually.Becomes(() => Task.FromResult(Ingest.Received.All), all => all.Count == 1 && all.Single().Event.Order.Source == "outlet");
    }

    [Fact]
    public async Task Of_two_rejected_inputs_about_one_sale_the_first_stands()
    {
        var late = Submitted.Order("1") with { OccurredAt = LocalTime };
        await Import("a.csv", FlatFile.Of(late));
        await Import("b.csv", FlatFile.Of(late with { Totals = new(Gross: 1) }));
        await Restart(new(WithZone) { ["OrderIngest:JournalBatchSize"] = "1" });
        var (_, preview) = await Ingest.Ask("/rejected/preview", new { filter = new { } });
        Assert.Equal((1, 1), (preview.Number("accepted"), preview.Number("conflicts")));
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { } });
        Assert.Equal((1, 1), (report.Number("accepted"), report.Number("conflicts")));
    }

    [Fact]
    public async Task An_order_that_came_by_itself_meanwhile_is_told_and_not_taken_twice()
    {
        var late = Submitted.Order("1") with { OccurredAt = LocalTime };
        await Import("a.csv", FlatFile.Of(late, late with { ReceiptNumber = "2" }));
        await Restart(WithZone);
        // The till sends the first one corrected, and the second one with another amount.
        await Import("b.csv", FlatFile.Of(Submitted.Order("1"), Submitted.Order("2", price: 5)));
        var (_, preview) = await Ingest.Ask("/rejected/preview", new { filter = new { } });
        Assert.Equal((1, 1, 0), (preview.Number("duplicates"), preview.Number("conflicts"), preview.Number("accepted")));
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { } });
        Assert.Equal((1, 1, 0), (report.Number("duplicates"), report.Number("conflicts"), report.Number("accepted")));
        Assert.Equal(2, (await Ingest.Journal.Count(default)).Accepted);
        Assert.Equal(1, (await Ingest.Get("/rejected?fault=order was accepted before with other content")).Body.GetProperty("rejected").GetArrayLength());
    }

    [Theory]
    [InlineData("""{}""", "either ids or filter")]
    [InlineData("""{"ids":[1],"filter":{}}""", "either ids or filter")]
    [InlineData("""{"filter":{"reason":"odd"}}""", "reason")]
    [InlineData("""{"filter":{"falut":"x"}}""", "falut")]
    [InlineData("""{"filter":{},"limit":-1}""", "limit")]
    public async Task A_selection_that_says_nothing_is_refused(string selection, string named)
    {
        var (status, body) = await Ingest.Ask("/rejected/resubmit", selection, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, body.GetRawText(), StringComparison.Ordinal);
    }
}

public sealed class When_rejected_input_is_resubmitted_on_PostgreSql : When_rejected_input_is_resubmitted
{
    protected override bool OnPostgres => true;
}

public sealed class When_rejected_input_is_resubmitted_on_Sqlite : When_rejected_input_is_resubmitted
{
    protected override bool OnPostgres => false;
}
