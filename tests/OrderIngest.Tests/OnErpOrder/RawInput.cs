using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.Tests.OnErpOrder;

/// <summary>What is kept of rejected input, as it lies in the database.</summary>
internal static class RawInput
{
    public static async Task<IReadOnlyList<int>> Lengths(RunningIngest ingest)
    {
        var database = ingest.Services.GetRequiredKeyedService<ServiceDatabase>(OrderIngestService.Name);
        await using System.Data.Common.DbConnection connection =
            database.Kind == DatabaseKind.PostgreSql ? await database.Postgres.OpenConnectionAsync() : await database.OpenSqlite(default);
        return [.. (await connection.QueryAsync<long>("SELECT CAST(length(raw) AS bigint) FROM rejected_inputs")).Select(length => (int)length)];
    }
}
