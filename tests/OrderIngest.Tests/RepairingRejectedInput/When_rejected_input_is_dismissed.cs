using System.Net;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.RepairingRejectedInput;

public abstract class When_rejected_input_is_dismissed : OnRejectedInput
{
    private static readonly string Bad = FlatFile.Of(Submitted.Order("1") with { Currency = "EUROS" }, Submitted.Order("2") with { Currency = "EUROS" });

    [Fact]
    public async Task It_is_put_away_with_the_reason_and_stays_away_when_it_comes_again()
    {
        await Import("a.csv", Bad);
        await Import("b.csv", FlatFile.Of(Submitted.Order("3") with { Currency = "EUROS" }));
        var (status, moved) = await Ingest.Ask("/rejected/dismiss", new { filter = new { file = "a.csv" }, why = "a corrected file came" });
        Assert.Equal((HttpStatusCode.OK, 2), (status, moved.Number("inputs")));
        Assert.Equal("b.csv", Assert.Single(await Ingest.Rejected()).File);
        var dismissed = (await Ingest.Get("/rejected?state=dismissed")).Body.GetProperty("rejected");
        Assert.Equal(2, dismissed.GetArrayLength());
        Assert.Equal(("a corrected file came", "anyone"), (dismissed[0].Text("note"), dismissed[0].Text("stateBy")));
        Assert.Equal(1, (await Ingest.Get("/rejected/summary")).Body.GetProperty("byFault")[0].Number("inputs"));
        Assert.Equal(2, (await Ingest.Get("/rejected/summary?state=dismissed")).Body.GetProperty("byFault")[0].Number("inputs"));

        await Import("a.csv", Bad);
        Assert.Single(await Ingest.Rejected());
        Assert.Equal(2, (await Ingest.Get("/rejected?state=dismissed&fault=currency is not a currency code of ISO 4217")).Body.GetProperty("rejected")[0].Number("times"));
        Assert.Equal(1, (await Ingest.Ask("/rejected/resubmit", new { filter = new { } })).Body.Number("inputs"));
    }

    [Fact]
    public async Task It_can_be_opened_again()
    {
        await Import("a.csv", Bad);
        var ids = (await Ingest.Rejected()).Select(entry => entry.Id).ToList();
        Assert.Equal(2, (await Ingest.Ask("/rejected/dismiss", new { ids, why = "by mistake" })).Body.Number("inputs"));
        Assert.Equal(0, (await Ingest.Ask("/rejected/dismiss", new { ids, why = "by mistake" })).Body.Number("inputs"));
        Assert.Equal(1, (await Ingest.Ask("/rejected/reopen", new { ids = ids.Take(1) })).Body.Number("inputs"));
        var open = Assert.Single(await Ingest.Rejected());
        Assert.Equal((ids[0], null), (open.Id, open.Note));
        Assert.Equal(1, (await Ingest.Get("/rejected/summary")).Body.GetProperty("byFault")[0].Number("inputs"));
    }

    [Fact]
    public async Task What_was_resubmitted_is_neither_dismissed_nor_opened()
    {
        await Import("a.csv", FlatFile.Of(Submitted.Order("1") with { OccurredAt = LocalTime }));
        await Restart(WithZone);
        var id = Assert.Single(await Ingest.Rejected()).Id;
        await Ingest.Ask($"/rejected/{id}/resubmit", null);
        Assert.Equal(0, (await Ingest.Ask("/rejected/dismiss", new { ids = new[] { id }, why = "x" })).Body.Number("inputs"));
        Assert.Equal(0, (await Ingest.Ask("/rejected/reopen", new { ids = new[] { id } })).Body.Number("inputs"));
        Assert.Equal("resubmitted", (await Ingest.Get($"/rejected/{id}")).Body.GetProperty("input").Text("state"));
    }

    [Fact]
    public async Task What_turns_out_to_be_no_order_is_put_away_as_such()
    {
        await Restart(new() { ["OrderIngest:Sources:xml:Format"] = "poslog", ["OrderIngest:Sources:xml:Currency"] = "EUR" });
        await Import("log.xml", "<POSLog><Transaction><SequenceNumber>1</SequenceNumber><EndDateTime>yesterday</EndDateTime><RetailTransaction><LineItem><Sale><ItemID>A</ItemID></Sale></LineItem></RetailTransaction></Transaction></POSLog>", "xml");
        var id = Assert.Single(await Ingest.Rejected()).Id;
        var body = (await Ingest.GetText($"/rejected/{id}/body")).Body.Replace("<Transaction>", "<Transaction TrainingModeFlag=\"true\">", StringComparison.Ordinal);
        var (status, result) = await Ingest.Ask($"/rejected/{id}/resubmit", body, "application/xml");
        Assert.Equal((HttpStatusCode.OK, "no-order"), (status, result.Text("outcome")));
        Assert.Empty(await Ingest.Rejected());
        Assert.StartsWith("is no order: ", (await Ingest.Get($"/rejected/{id}")).Body.GetProperty("input").Text("note"), StringComparison.Ordinal);
        Assert.Equal(0, (await Ingest.Journal.Count(default)).Accepted);
    }

    [Theory]
    [InlineData("""{"filter":{},"why":"x"}""", "everything at once")]
    [InlineData("""{"ids":[1]}""", "why")]
    [InlineData("""{"ids":[1],"why":"a\u0000b"}""", "why")]
    [InlineData("""{"why":"x"}""", "either ids or filter")]
    public async Task Without_a_choice_and_a_reason_nothing_is_put_away(string body, string named)
    {
        var (status, problem) = await Ingest.Ask("/rejected/dismiss", body, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, problem.Text("detail"), StringComparison.Ordinal);
    }
}

public sealed class When_rejected_input_is_dismissed_on_PostgreSql : When_rejected_input_is_dismissed
{
    protected override bool OnPostgres => true;
}

public sealed class When_rejected_input_is_dismissed_on_Sqlite : When_rejected_input_is_dismissed
{
    protected override bool OnPostgres => false;
}
