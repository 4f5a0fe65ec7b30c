using Dapper;
using Npgsql;

namespace Benchmarks.Measuring;

/// <summary>What the database server wrote to its log and read from its files, by its own counters (PostgreSQL 14 and later), of all databases together.</summary>
/// <param name="LogBytes">Bytes of the write-ahead log.</param>
/// <param name="WholePages">Pages written to the log whole, since they changed for the first time after a checkpoint.</param>
/// <param name="PagesRead">Pages that were not in the server's own cache; most come from the machine's.</param>
internal sealed record ServerWork(long LogBytes, long WholePages, long PagesRead)
{
    public static async Task<ServerWork> Read(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<ServerWork>(
            "SELECT wal_bytes::bigint AS LogBytes, wal_fpi AS WholePages, (SELECT sum(blks_read)::bigint FROM pg_stat_database) AS PagesRead FROM pg_stat_wal");
    }

    public static ServerWork operator -(ServerWork after, ServerWork before) =>
        new(after.LogBytes - before.LogBytes, after.WholePages - before.WholePages, after.PagesRead - before.PagesRead);
}
