using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.JournalingOrders;
using OrderIngest.RepairingRejectedInput;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.RepairingRejectedInput;

public abstract class When_several_repair_at_once : OnRejectedInput
{
    [Fact]
    public async Task Two_who_press_at_once_give_each_order_once()
    {
        await Import("a.csv", FlatFile.Of([.. Enumerable.Range(0, 120).Select(n => Submitted.Order($"{n}") with { OccurredAt = LocalTime })]));
        await Restart(new(WithZone) { ["OrderIngest:JournalBatchSize"] = "10" });
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Ingest.Ask("/rejected/resubmit", new { filter = new { source = "pos" } })));
        Assert.All(reports, report => Assert.Equal(HttpStatusCode.OK, report.Status));
        Assert.Equal(120, reports.Sum(report => report.Body.Number("accepted")));
        Assert.Equal(0, reports.Sum(report => report.Body.Number("duplicates")));
        Assert.Empty(await Ingest.Rejected());
        await Eventually.Becomes(() => Task.FromResult(Ingest.Received.All.Count), count => count >= 120);
        Assert.Equal(120, Ingest.Received.Ids.Count);
    }

    [Fact]
    public async Task Two_who_edit_the_same_one_differently_give_one_order()
    {
        await Import("a.csv", FlatFile.Of(Submitted.Order("1") with { Currency = "EUROS" }));
        var id = (await Ingest.Rejected()).Single().Id;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Ingest.Ask($"/rejected/{id}/resubmit", FlatFile.Of(Submitted.Order($"{n}")), "text/csv")));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Accepted));
        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Equal(1, (await Ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task A_crash_between_journal_and_mark_leaves_it_open_and_has_no_second_effect()
    {
        await Import("a.csv", FlatFile.Of(Submitted.Order("1") with { OccurredAt = LocalTime }));
        await Restart(WithZone);
        var id = (await Ingest.Rejected()).Single().Id;
        var repairs = Ingest.Services.GetRequiredService<RejectedRepairs>();
        var reading = Ingest.Services.GetRequiredService<ReadingAgain>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => repairs.Repair(
            [id], null, "test", async (kept, token) =>
            {
                var read = await reading.Read(kept.Single(), null, token);
                await Ingest.Journal.Add([JournalEntry.Of(read.Single().Order!, TimeProvider.System.GetUtcNow())], token);
                throw new InvalidOperationException("the process ends here");
            }, null, TestContext.Current.CancellationToken));
        Assert.Equal(id, Assert.Single(await Ingest.Rejected()).Id);
        var (status, result) = await Ingest.Ask($"/rejected/{id}/resubmit", null);
        Assert.Equal((HttpStatusCode.Accepted, "duplicate"), (status, result.Text("outcome")));
        Assert.Equal(1, (await Ingest.Journal.Count(default)).Accepted);
        Assert.Empty(await Ingest.Rejected());
    }
}

public sealed class When_several_repair_at_once_on_PostgreSql : When_several_repair_at_once
{
    protected override bool OnPostgres => true;
}

public sealed class When_several_repair_at_once_on_Sqlite : When_several_repair_at_once
{
    protected override bool OnPostgres => false;
}
