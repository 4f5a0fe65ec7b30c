using Dapper;
using OrderIngest.JournalingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Counts rejected input, from indexes alone.</summary>
internal sealed class RejectedCounts(IngestTables tables)
{
    private const int Most = 100;

    public Task<RejectedSummary> Summarise(string? source, RejectedState state, CancellationToken cancellationToken) => tables.Read(
        async connection =>
        {
            // The condition on the id lets in the index for counts: see there. The state is one of a fixed list; as a literal it lets PostgreSQL choose the index once and for all.
            var where = $"state = '{RejectedStateText.Of(state)}'{(source is null ? "" : " AND source = @source")}";
            var values = new DynamicParameters();
            if (source is not null)
                values.Add("source", source);
            var reasons = await All<ReasonCount>($"SELECT source AS Source, reason AS Reason, count(*) AS Inputs FROM rejected_inputs WHERE {where} AND id > 0 GROUP BY source, reason ORDER BY 3 DESC, 1, 2");
            var faults = await All<FaultCount>(
                $"""
                SELECT source AS Source, kind AS Fault, CAST(sum(inputs) AS bigint) AS Inputs, count(file) AS Files
                FROM (SELECT source, kind, file, count(*) AS inputs FROM rejected_faults WHERE {where} AND rejected_id > 0 GROUP BY source, kind, file) AS per_file
                GROUP BY source, kind ORDER BY 3 DESC, 1, 2 LIMIT {Most}
                """);
            var files = await All<FileCount>(
                $"""
                SELECT source AS Source, file AS File, CAST(sum(inputs) AS bigint) AS Inputs
                FROM (SELECT source, reason, file, count(*) AS inputs FROM rejected_inputs WHERE {where} AND id > 0 GROUP BY source, reason, file) AS per_reason
                WHERE file IS NOT NULL GROUP BY source, file ORDER BY 3 DESC, 1, 2 LIMIT {Most}
                """);
            var oldest = await connection.ExecuteScalarAsync<object>(new CommandDefinition(
                $"SELECT received_at FROM rejected_inputs WHERE {where}{(source is null ? " AND id > 0" : "")} ORDER BY received_at, id LIMIT 1", values, cancellationToken: cancellationToken));
            return new RejectedSummary(
                RejectedStateText.Of(state), reasons.Sum(count => count.Inputs), oldest is null ? null : IngestTables.Instant(oldest), [.. reasons.Take(Most)], faults, files);

            async Task<List<T>> All<T>(string sql) => [.. await connection.QueryAsync<T>(new CommandDefinition(sql, values, cancellationToken: cancellationToken))];
        },
        cancellationToken);
}
