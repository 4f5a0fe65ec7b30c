using System.Diagnostics;
using System.Globalization;
using Benchmarks.Reporting;
using Dapper;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// Fills the database with finished orders: copies of real rows, in every table that has an order's id, with new ids and earlier times. The tables are looked
/// up in the catalogue and columns are replaced by name, so a changed schema needs a change here only if it has another kind of key.
/// </summary>
internal sealed class KeptRows
{
    private const int Samples = 1000;
    private const int CopiesAtOnce = 500;

    // An order keeps one new id in all its tables, as random as the real ones, but of version 4: the system's own ids are of version 5.
    private const string NewId = "overlay(md5(sample.order_id::text || copy) PLACING '4' FROM 13 FOR 1)::uuid";

    private static readonly string[] Schemas = ["order_ingest", "order_journey", "profile_store_sender", "email_marketing"];

    // In two, so that each has its index: the table may be long.
    private const string Unfinished =
        """
        SELECT (SELECT count(*) FROM order_ingest.orders WHERE published_at IS NULL)
            + (SELECT count(*) FROM order_ingest.orders WHERE published_at IS NOT NULL AND acknowledged_at IS NULL)
        """;

    private const string JournaledIds = "SELECT order_id FROM order_ingest.orders WHERE get_byte(uuid_send(order_id), 6) >> 4 = 5 LIMIT @Samples";

    private const string Finish =
        """
        UPDATE order_ingest.orders SET publications = 1, published_at = received_at, acknowledge_by = received_at, acknowledged_at = received_at WHERE acknowledged_at IS NULL
        """;

    private const string TrackedIds = "SELECT order_id FROM order_journey.journeys WHERE state = 'Tracked' AND get_byte(uuid_send(order_id), 6) >> 4 = 5 LIMIT @Samples";

    private readonly string _connectionString, _sampleIds;

    private KeptRows(string connectionString, string sampleIds) => (_connectionString, _sampleIds) = ($"{connectionString};Command Timeout=1800;Pooling=false", sampleIds);

    /// <summary>Of the whole system: copies of tracked orders, in the tables of all services.</summary>
    public static KeptRows OfSystem(string connectionString) => new(connectionString, TrackedIds);

    /// <summary>Of a journal that was only imported into: whatever is there is called finished first.</summary>
    public static async Task<KeptRows> OfJournal(string connectionString, CancellationToken cancellationToken)
    {
        var rows = new KeptRows(connectionString, JournaledIds);
        await using var connection = new NpgsqlConnection(rows._connectionString);
        await connection.ExecuteAsync(new CommandDefinition(Finish, cancellationToken: cancellationToken));
        return rows;
    }

    /// <summary>Orders that the services still have something to do with, if only that their journeys have not acknowledged them.</summary>
    public async Task<long> UnfinishedOrders()
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        return await connection.ExecuteScalarAsync<long>(Unfinished);
    }

    /// <summary>Bytes that an order takes in all tables and indexes, from what is there.</summary>
    public async Task<double> BytesPerOrder()
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        return await connection.ExecuteScalarAsync<double>(
            """
            SELECT sum(pg_total_relation_size(oid))::float8 / (SELECT count(*) FROM order_ingest.orders)
            FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text = ANY (@Schemas)
            """, new { Schemas });
    }

    /// <summary>Copies of a thousand real orders: the first copy is number 1. No service may run meanwhile: indexes are taken away and built again.</summary>
    public async Task Fill(int firstCopy, int lastCopy, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        var ids = (await connection.QueryAsync<Guid>(_sampleIds, new { Samples })).ToArray();
        if (ids.Length < Samples)
            throw new InvalidOperationException($"{Samples} finished orders are needed to copy from, and there are {ids.Length}");
        var tables = (await connection.QueryAsync<string>(
            """
            SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE attname = 'order_id' AND relkind = 'r' AND relnamespace::regnamespace::text = ANY (@Schemas) ORDER BY 1
            """, new { Schemas })).ToList();
        await Parallel.ForEachAsync(
            tables, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (table, token) => await Copy(table, ids, firstCopy, lastCopy, token));
        // What was filled in is written to disk before anything is measured, not meanwhile.
        using var sync = Process.Start("sync");
        await sync.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromMinutes(5), cancellationToken);
    }

    /// <summary>Orders per copy.</summary>
    public static int OrdersPerCopy => Samples;

    private async Task Copy(string table, Guid[] ids, int firstCopy, int lastCopy, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        await Execute("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'");
        await Execute($"CREATE TEMP TABLE sample AS SELECT * FROM {table} WHERE order_id = ANY (@ids)", new { ids });
        // Rejected input, for one: these orders have none.
        if (!await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM sample)"))
            return;
        var columns = (await connection.QueryAsync<(string Name, string Type)>(
            """
            SELECT quote_ident(attname), atttypid::regtype::text FROM pg_attribute
            WHERE attrelid = @table::regclass AND attnum > 0 AND NOT attisdropped AND attidentity <> 'a' AND attgenerated = '' ORDER BY attnum
            """, new { table })).ToList();
        var indexes = (await connection.QueryAsync<(string Drop, string Create)>(
            """
            SELECT CASE WHEN conname IS NULL THEN format('DROP INDEX %s', indexrelid::regclass) ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', indrelid::regclass, conname) END,
                CASE WHEN conname IS NULL THEN pg_get_indexdef(indexrelid) ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', indrelid::regclass, conname, pg_get_constraintdef(pg_constraint.oid)) END
            FROM pg_index LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u') WHERE indrelid = @table::regclass
            """, new { table })).ToList();
        foreach (var (drop, _) in indexes)
            await Execute(drop);
        for (var first = firstCopy; first <= lastCopy; first += CopiesAtOnce)
        {
            var last = Math.Min(lastCopy, first + CopiesAtOnce - 1);
            await Execute(
                $"""
                INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))})
                SELECT {string.Join(", ", columns.Select(column => Copied(column.Name, column.Type)))}
                FROM generate_series({first.ToString(CultureInfo.InvariantCulture)}, {last.ToString(CultureInfo.InvariantCulture)}) AS copy CROSS JOIN sample
                """);
        }
        Report.Progress($"kept: {table} filled, {indexes.Count} indexes to build");
        foreach (var (_, create) in indexes)
            await Execute(create);
        // Now, and not by the server itself in the middle of a measurement.
        await Execute($"VACUUM (ANALYZE) {table}");

        Task Execute(string sql, object? parameters = null) => connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private static string Copied(string column, string type) => (column, type) switch
    {
        ("order_id", _) => NewId,
        ("track_id", _) => $"md5('track' || sample.order_id::text || copy)::uuid::{type}",
        ("email", _) => "'kept-' || copy || '-' || sample.email",
        ("receipt_number" or "order_number", _) => $"copy || '-' || sample.{column}",
        // A thousand orders an hour: ten million reach back for more than a year.
        (_, "timestamp with time zone") => $"sample.{column} - make_interval(hours => copy)",
        _ => $"sample.{column}",
    };
}
