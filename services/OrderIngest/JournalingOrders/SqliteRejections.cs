using Dapper;
using Microsoft.Data.Sqlite;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.JournalingOrders;

/// <summary>Keeps rejected input on SQLite: the same bytes again are counted, and known by the place and the faults they had last.</summary>
internal static class SqliteRejections
{
    public static Task<int> Keep(ServiceDatabase database, IReadOnlyList<RejectionRow> rows, CancellationToken cancellationToken) => database.WriteSqlite(
        async (connection, transaction) =>
        {
            foreach (var row in rows)
            {
                var id = await Upsert(connection, transaction, row);
                await connection.ExecuteAsync("DELETE FROM rejected_faults WHERE rejected_id = @id", new { id }, transaction);
                await connection.ExecuteAsync(
                    """
                    INSERT INTO rejected_faults (rejected_id, kind, state, source, file, received_at)
                    SELECT id, @kind, state, source, file, received_at FROM rejected_inputs WHERE id = @id
                    """, row.Kinds.Select(kind => new { id, kind }), transaction);
            }
            return rows.Count;
        },
        cancellationToken);

    private static Task<long> Upsert(SqliteConnection connection, SqliteTransaction transaction, RejectionRow row) => connection.QuerySingleAsync<long>(
        """
        INSERT INTO rejected_inputs (
            source, origin, format, file, reason, order_id, faults, raw, raw_hash, layout, header_bytes, first_row, rows, position, times, received_at, last_received_at, edge)
        VALUES (
            @Source, @Origin, @Format, @File, @Reason, @OrderId, @Faults, @Raw, @RawHash, @Layout, @HeaderBytes, @FirstRow, @Rows, @Position, @Times, @ReceivedAt, @ReceivedAt, @Edge)
        ON CONFLICT (source, reason, raw_hash) DO UPDATE SET
            times = times + excluded.times, last_received_at = excluded.last_received_at, origin = excluded.origin, file = excluded.file,
            first_row = excluded.first_row, position = excluded.position, faults = excluded.faults, format = excluded.format, layout = excluded.layout, header_bytes = excluded.header_bytes, edge = excluded.edge
        RETURNING id
        """,
        new
        {
            row.Input.Source,
            row.Input.Origin,
            row.Format,
            row.Input.File,
            row.Reason,
            OrderId = row.Input.OrderId is { } id ? SqliteJournal.Text(id) : null,
            row.Faults,
            row.Input.Raw,
            row.RawHash,
            row.Layout,
            row.Input.HeaderBytes,
            row.Input.FirstRow,
            row.Input.Rows,
            row.Input.Position,
            row.Times,
            row.Edge,
            ReceivedAt = SqliteJournal.Text(row.Input.ReceivedAt),
        },
        transaction);
}
