using System.Net;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.RepairingRejectedInput;

public abstract class When_an_edited_body_is_resubmitted : OnRejectedInput
{
    [Fact]
    public async Task An_edited_body_takes_its_place_and_the_kept_bytes_stay()
    {
        var bad = FlatFile.Of(Submitted.Order("1") with { Currency = "EUROS" });
        await Import("a.csv", bad);
        var id = (await Ingest.Rejected()).Single().Id;
        var kept = await Ingest.Http.GetStringAsync($"/rejected/{id}/body");
        Assert.Equal(bad, kept);
        var edited = kept.Replace("EUROS", "EUR", StringComparison.Ordinal);

        var tables = await Tables();
        var (status, tried) = await Ingest.Ask($"/rejected/{id}/resubmit?dryRun=true", edited, "text/csv");
        Assert.Equal((HttpStatusCode.OK, "accepted"), (status, tried.Text("outcome")));
        Assert.Equal(tables, await Tables());

        (status, var refused) = await Ingest.Ask($"/rejected/{id}/resubmit", edited.Replace("SHIRT", "", StringComparison.Ordinal), "text/csv");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("row 2, sku", refused.GetProperty("result").GetProperty("faults")[0].Text("at"));
        Assert.Equal(["row 2, currency"], (await Ingest.Rejected()).Single().Faults.Select(fault => fault.At));

        (status, var accepted) = await Ingest.Ask($"/rejected/{id}/resubmit", edited, "text/csv");
        Assert.Equal((HttpStatusCode.Accepted, "accepted"), (status, accepted.Text("outcome")));
        Assert.Equal(1, (await Ingest.Journal.Count(default)).Accepted);
        var (_, shown) = await Ingest.Get($"/rejected/{id}");
        Assert.Equal((bad, edited), (shown.GetProperty("body").Text("text"), shown.GetProperty("edited").Text("text")));
        Assert.Equal("accepted with an edited body", shown.GetProperty("input").Text("note"));

        (status, var again) = await Ingest.Ask($"/rejected/{id}/resubmit", edited.Replace(",1,2026", ",2,2026", StringComparison.Ordinal), "text/csv");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("not-open", again.GetProperty("result").Text("outcome"));
        Assert.Equal(1, (await Ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task An_edited_body_may_be_an_order_as_json_and_nothing_else()
    {
        await Import("a.csv", FlatFile.Of(Submitted.Order("1") with { Currency = "EUROS" }));
        var id = (await Ingest.Rejected()).Single().Id;
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Ingest.Ask($"/rejected/{id}/resubmit", "<a/>", "application/xml")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Ingest.Ask($"/rejected/{id}/resubmit", new string('x', 1_100_000), "text/csv")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Ingest.Ask($"/rejected/{id}/resubmit", FlatFile.Header, "text/csv")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Ingest.Ask($"/rejected/{id}/resubmit", Submitted.Json(Submitted.Order("1")), "application/json")).Status);
        Assert.Empty(await Ingest.Rejected());
    }

    [Fact]
    public async Task A_changed_order_cannot_be_resubmitted_into_acceptance()
    {
        await Import("a.csv", FlatFile.Of(Submitted.Order("1")));
        await Import("b.csv", FlatFile.Of(Submitted.Order("1", price: 1)));
        var id = (await Ingest.Rejected()).Single().Id;
        var (status, conflict) = await Ingest.Ask($"/rejected/{id}/resubmit", null);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("return and a new sale", conflict.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("changed-after-acceptance", (await Ingest.Rejected()).Single().Reason);

        // Edited so that it says what was accepted, it has nothing to add.
        (status, var same) = await Ingest.Ask($"/rejected/{id}/resubmit", FlatFile.Of(Submitted.Order("1")), "text/csv");
        Assert.Equal((HttpStatusCode.Accepted, "duplicate"), (status, same.Text("outcome")));
        Assert.Equal(1, (await Ingest.Journal.Count(default)).Accepted);
        Assert.Empty(await Ingest.Rejected());
    }
}

public sealed class When_an_edited_body_is_resubmitted_on_PostgreSql : When_an_edited_body_is_resubmitted
{
    protected override bool OnPostgres => true;
}

public sealed class When_an_edited_body_is_resubmitted_on_Sqlite : When_an_edited_body_is_resubmitted
{
    protected override bool OnPostgres => false;
}
