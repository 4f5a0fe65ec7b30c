using Npgsql;
using NpgsqlTypes;

namespace OrderIngest.JournalingOrders;

/// <summary>Rejected input on PostgreSQL.</summary>
internal static class PostgresRejections
{
    public static async Task<int> Keep(NpgsqlDataSource postgres, IReadOnlyList<RejectionRow> rows, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            """
            INSERT INTO rejected_inputs (source, origin, reason, order_id, faults, raw, raw_hash, first_row, rows, times, received_at, last_received_at)
            SELECT entry.*, entry.received_at
            FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[], $8::int[], $9::int[], $10::int[], $11::timestamptz[])
                AS entry (source, origin, reason, order_id, faults, raw, raw_hash, first_row, rows, times, received_at)
            ON CONFLICT (source, reason, raw_hash) DO UPDATE SET times = rejected_inputs.times + excluded.times, last_received_at = excluded.last_received_at
            """);
        command.Parameters.AddWithValue(rows.Select(row => row.Input.Source).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.Origin).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Reason).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.OrderId).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Faults).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.Raw).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.RawHash).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.FirstRow).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.Rows).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Times).ToArray());
        command.Parameters.AddWithValue(rows.Select(row => row.Input.ReceivedAt).ToArray());
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<IReadOnlyList<RejectedEntry>> List(NpgsqlDataSource postgres, string? source, int most, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            """
            SELECT id, source, origin, reason, order_id, faults, first_row, rows, times, received_at, last_received_at
            FROM rejected_inputs WHERE $1::text IS NULL OR source = $1 ORDER BY id DESC LIMIT $2
            """);
        command.Parameters.Add(new() { Value = (object?)source ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddWithValue(most);
        var entries = new List<RejectedEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetGuid(4), reader.GetString(5),
                reader.GetInt32(6), reader.GetInt32(7), reader.GetInt32(8), reader.GetFieldValue<DateTimeOffset>(9), reader.GetFieldValue<DateTimeOffset>(10)));
        }
        return entries;
    }
}
