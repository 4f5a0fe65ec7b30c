using System.Diagnostics.Metrics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.RepairingRejectedInput;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.RepairingRejectedInput;

public abstract class When_rejected_input_is_old : OnRejectedInput
{
    [Fact]
    public async Task What_was_closed_long_ago_is_deleted_and_what_is_open_never()
    {
        await Import("a.csv", FlatFile.Of([.. Enumerable.Range(0, 4).Select(n => Submitted.Order($"{n}") with { Currency = "EUROS" })]));
        var ids = (await Ingest.Rejected()).Select(entry => entry.Id).Order().ToList();
        await Ingest.Ask("/rejected/dismiss", new { ids = ids.Take(2), why = "x" });
        await using (var connection = await Connect())
        {
            await connection.ExecuteAsync("UPDATE rejected_inputs SET received_at = '2020-01-01T00:00:00.000000Z', last_received_at = '2020-01-01T00:00:00.000000Z'");
            await connection.ExecuteAsync("UPDATE rejected_inputs SET state_at = '2020-01-01T00:00:00.000000Z' WHERE id = @id", new { id = ids[0] });
        }
        await Restart(new() { ["OrderIngest:TendRejectedEvery"] = "00:00:00.1" });
        await Eventually.Becomes(() => Count("rejected_inputs"), count => count == 3);
        Assert.Equal(3, await Count("rejected_faults"));
        Assert.Equal(ids.Skip(2), (await Ingest.Rejected()).Select(entry => entry.Id).Order());
    }

    [Fact]
    public async Task What_an_earlier_version_kept_is_counted_downloaded_and_repaired_like_the_rest()
    {
        await using (var connection = await Connect())
        {
            var file = System.Text.Encoding.UTF8.GetBytes(FlatFile.Of(Submitted.Order("1") with { OccurredAt = LocalTime }));
            var json = System.Text.Encoding.UTF8.GetBytes(Submitted.Json(Submitted.Order("2") with { OccurredAt = LocalTime }));
            const string Insert =
                """
                INSERT INTO rejected_inputs (source, origin, reason, faults, raw, raw_hash, first_row, rows, times, received_at, last_received_at)
                VALUES ('pos', @origin, 'invalid', @faults, @raw, @raw, 254, 1, 1, '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z')
                """;
            await connection.ExecuteAsync(Insert, new { origin = "import a.csv", faults = """[{"at":"row 254, occurred_at","says":"is odd"}]""", raw = file });
            await connection.ExecuteAsync(Insert, new { origin = "POST /orders", faults = """[{"at":"$.occurredAt","says":"is odd"}]""", raw = json });
        }
        await Restart(WithZone);
        var summary = await Eventually.Becomes(async () => (await Ingest.Get("/rejected/summary")).Body.GetProperty("byFault"), faults => faults.GetArrayLength() == 2);
        Assert.Equal(["occurredAt is odd", "occurred_at is odd"], summary.EnumerateArray().Select(row => row.Text("fault")).Order(StringComparer.Ordinal));
        Assert.Equal(["csv", "json"], (await Ingest.Rejected()).Select(entry => entry.Format).Order(StringComparer.Ordinal));
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { } });
        Assert.Equal(2, report.Number("accepted"));
    }

    [Fact]
    public async Task How_much_is_open_is_measured_by_source()
    {
        using var listener = new MeterListener();
        var seen = new Dictionary<string, long>();
        var metrics = Ingest.Services.GetRequiredService<IMeterFactory>().Create("InStoreOrders");
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "order_ingest.rejected.open" && ReferenceEquals(instrument.Meter, metrics))
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => seen[string.Join(' ', tags.ToArray().Select(tag => $"{tag.Value}"))] = value);
        listener.Start();
        await Import("a.csv", FlatFile.Of(Submitted.Order("1") with { Currency = "EUROS" }, Submitted.Order("2") with { Currency = "EUROS" }));
        var counts = Ingest.Services.GetRequiredService<RejectedCounts>();
        await Measure();
        Assert.Equal(new Dictionary<string, long> { ["pos invalid"] = 2 }, seen);
        await Ingest.Ask("/rejected/dismiss", new { filter = new { file = "a.csv" }, why = "x" });
        await Measure();
        Assert.Equal(new Dictionary<string, long> { ["pos invalid"] = 0 }, seen);

        async Task Measure()
        {
            Ingest.Services.GetRequiredService<RejectedMetrics>().Open((await counts.Summarise(null, RejectedState.Open, default)).ByReason);
            listener.RecordObservableInstruments();
        }
    }

    private async Task<long> Count(string table)
    {
        await using var connection = await Connect();
        return await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table}");
    }
}

public sealed class When_rejected_input_is_old_on_PostgreSql : When_rejected_input_is_old
{
    protected override bool OnPostgres => true;
}

public sealed class When_rejected_input_is_old_on_Sqlite : When_rejected_input_is_old
{
    protected override bool OnPostgres => false;
}
