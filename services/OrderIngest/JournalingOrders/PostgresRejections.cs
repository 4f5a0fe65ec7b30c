using Npgsql;

namespace OrderIngest.JournalingOrders;

/// <summary>Keeps rejected input on PostgreSQL: the same bytes again are counted, and known by the place and the faults they had last.</summary>
internal static class PostgresRejections
{
    public static async Task<int> Keep(NpgsqlDataSource postgres, IReadOnlyList<RejectionRow> rows, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var kept = await Upsert(connection, transaction, rows, cancellationToken);

        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new("DELETE FROM rejected_faults WHERE rejected_id = ANY ($1)") { Parameters = { new() { Value = kept.Select(row => row.Id).ToArray() } } });
        var kinds = kept.SelectMany(row => row.Row.Kinds, (row, kind) => (row.Id, Kind: kind)).ToList();
        batch.BatchCommands.Add(new(
            """
            INSERT INTO rejected_faults (rejected_id, kind, state, source, file, received_at)
            SELECT input.id, fault.kind, input.state, input.source, input.file, input.received_at
            FROM unnest($1::bigint[], $2::text[]) AS fault (id, kind) JOIN rejected_inputs AS input ON input.id = fault.id
            """)
        {
            Parameters = { new() { Value = kinds.Select(row => row.Id).ToArray() }, new() { Value = kinds.Select(row => row.Kind).ToArray() } },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return kept.Count;
    }

    private static async Task<List<(long Id, RejectionRow Row)>> Upsert(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<RejectionRow> rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO rejected_inputs (
                source, origin, format, file, reason, order_id, faults, raw, raw_hash, layout, header_bytes, first_row, rows, position, times, received_at, edge, last_received_at)
            SELECT entry.*, entry.received_at
            FROM unnest(
                $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::bytea[], $9::bytea[], $10::text[], $11::int[], $12::int[], $13::int[],
                $14::bigint[], $15::int[], $16::timestamptz[], $17::text[])
                AS entry (source, origin, format, file, reason, order_id, faults, raw, raw_hash, layout, header_bytes, first_row, rows, position, times, received_at, edge)
            ON CONFLICT (source, reason, raw_hash) DO UPDATE SET
                times = rejected_inputs.times + excluded.times, last_received_at = excluded.last_received_at, origin = excluded.origin, file = excluded.file,
                first_row = excluded.first_row, position = excluded.position, faults = excluded.faults, format = excluded.format, layout = excluded.layout, header_bytes = excluded.header_bytes, edge = excluded.edge
            RETURNING id, source, reason, raw_hash
            """, connection, transaction);
        command.Parameters.AddWithValue(rows.Select(row => row.Input.Source).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.Origin).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Format).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.File).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Reason).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.OrderId).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Faults).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.Raw).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.RawHash).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Layout).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.HeaderBytes).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.FirstRow).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.Rows).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.Position).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Times).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.ReceivedAt).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Edge).ToArray());

        var byKey = rows.ToDictionary(row => (row.Input.Source, row.Reason, Convert.ToHexString(row.RawHash)));
        var kept = new List<(long, RejectionRow)>(rows.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            kept.Add((reader.GetInt64(0), byKey[(reader.GetString(1), reader.GetString(2), Convert.ToHexString(reader.GetFieldValue<byte[]>(3)))]));
        return kept;
    }
}
