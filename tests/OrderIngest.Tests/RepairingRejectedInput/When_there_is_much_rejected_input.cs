using System.Text.RegularExpressions;
using Dapper;
using OrderIngest.JournalingOrders;
using OrderIngest.RepairingRejectedInput;

namespace OrderIngest.Tests.RepairingRejectedInput;

/// <summary>A hundred thousand of them: every list comes from an index, already in order, whatever it is filtered by.</summary>
public abstract partial class When_there_is_much_rejected_input : OnRejectedInput
{
    private const int Inputs = 100_000;

    private static readonly RejectedPlace Middle = new(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), 50_000);

    [Fact]
    public async Task Every_list_is_read_from_an_index_in_its_order()
    {
        await Fill();
        (RejectedFilter Filter, string Index)[] lists =
        [
            (new(), "rejected_inputs_by_state"),
            (new() { State = RejectedState.Dismissed }, "rejected_inputs_by_state"),
            (new() { Source = "source 3" }, "rejected_inputs_by_source"),
            (new() { Source = "source 3", Reason = RejectionReason.Invalid }, "rejected_inputs_by_source"),
            (new() { File = "file 7" }, "rejected_inputs_by_file"),
            (new() { Reason = RejectionReason.ChangedAfterAcceptance }, "rejected_inputs_changed"),
            (new() { Fault = "kind 5" }, "rejected_faults_by_kind"),
            (new() { Fault = "kind 5", Source = "source 3", File = "file 7" }, "rejected_faults_by_kind"),
            (new() { From = Middle.ReceivedAt, To = Middle.ReceivedAt.AddHours(1) }, "rejected_inputs_by_state"),
        ];
        foreach (var (filter, index) in lists)
        {
            foreach (var after in new RejectedPlace?[] { null, Middle })
            {
                foreach (var oldestFirst in new[] { true, false })
                    Check(await Plan(filter, after, oldestFirst), index);
            }
        }
    }

    [Fact]
    public async Task The_pages_hold_everything_once()
    {
        await Fill();
        var inputs = new RejectedInputs(new(ServiceDatabase));
        var filter = new RejectedFilter { Source = "source 3", Fault = "kind 3" };
        var seen = new List<long>();
        RejectedPlace? after = null;
        while (await inputs.List(filter, after, 500, oldestFirst: true, default) is [.., var last] page)
        {
            seen.AddRange(page.Select(entry => entry.Id));
            after = last.Place();
        }
        // Every twentieth has this fault, and all of them are of this source and open.
        Assert.Equal(Enumerable.Range(0, Inputs / 20).Select(n => n * 20L + 3), seen);
    }

    protected abstract void Check(string plan, string index);

    private async Task<string> Plan(RejectedFilter filter, RejectedPlace? after, bool oldestFirst)
    {
        var query = new RejectedQuery(new(ServiceDatabase), filter, after, oldestFirst);
        await using var connection = await Connect();
        var rows = await connection.QueryAsync($"{(OnPostgres ? "EXPLAIN (COSTS OFF)" : "EXPLAIN QUERY PLAN")} {query.Page("input.id, input.faults", 51)}", query.Values);
        return string.Join('\n', rows.Select(row => string.Join(' ', ((IDictionary<string, object>)row).Values)));
    }

    private async Task Fill()
    {
        await using var connection = await Connect();
        var (numbers, raw, at) = OnPostgres
            ? ("generate_series(1, @Inputs) AS n (n)", "decode(md5(n::text), 'hex')", "timestamptz '2026-01-01T00:00:00Z' + n * interval '1 second'")
            : ("(WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < @Inputs) SELECT n FROM n)", "CAST('raw ' || n AS BLOB)", "strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1767225600 + n, 'unixepoch')");
        await connection.ExecuteAsync(
            $"""
            INSERT INTO rejected_inputs (source, origin, format, layout, file, reason, faults, raw, raw_hash, first_row, rows, times, received_at, last_received_at, state)
            SELECT 'source ' || (n % 5), 'import', 'csv', 'csv', 'file ' || (n % 50), CASE WHEN n % 1000 = 0 THEN 'changed-after-acceptance' ELSE 'invalid' END,
                   '[]', {raw}, {raw}, n, 1, 1, {at}, {at}, CASE WHEN n % 10 = 9 THEN 'dismissed' ELSE 'open' END
            FROM {numbers}
            """, new { Inputs });
        await connection.ExecuteAsync(
            "INSERT INTO rejected_faults (rejected_id, kind, state, source, file, received_at) SELECT id, 'kind ' || (first_row % 20), state, source, file, received_at FROM rejected_inputs");
        // As the server does by itself after a while.
        foreach (var table in new[] { "rejected_inputs", "rejected_faults" })
            await connection.ExecuteAsync($"{(OnPostgres ? "VACUUM ANALYZE" : "ANALYZE")} {table}");
    }

    [GeneratedRegex(@"(?:SCAN (?:input|fault)\b(?! USING)|TEMP B-TREE)")]
    protected static partial Regex SlowOnSqlite();

    [GeneratedRegex(@"Seq Scan|\bSort\b|Bitmap")]
    protected static partial Regex SlowOnPostgres();
}

public sealed class When_there_is_much_rejected_input_on_PostgreSql : When_there_is_much_rejected_input
{
    protected override bool OnPostgres => true;

    protected override void Check(string plan, string index)
    {
        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.False(SlowOnPostgres().IsMatch(plan), plan);
    }
}

public sealed class When_there_is_much_rejected_input_on_Sqlite : When_there_is_much_rejected_input
{
    protected override bool OnPostgres => false;

    protected override void Check(string plan, string index)
    {
        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.False(SlowOnSqlite().IsMatch(plan), plan);
    }
}
