using Npgsql;
using OrderIngest.ReadingOrders;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.JournalingOrders;

/// <summary>The journal on PostgreSQL: one statement for a whole batch, whatever its size; new orders in large batches by COPY.</summary>
internal sealed class PostgresJournal(ServiceDatabase database, EventSize size, TimeProvider time) : IJournal
{
    public Task<IReadOnlyList<JournalAnswer>> Add(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        database.Run(token => PostgresAddition.Add(database.Postgres, JournalBatch.Of(entries), token), cancellationToken);

    public Task Keep(IReadOnlyList<RejectedInput> inputs, CancellationToken cancellationToken) =>
        database.Run(token => PostgresRejections.Keep(database.Postgres, RejectionRow.Of(inputs), token), cancellationToken);

    public Task<JournaledOrder?> Find(Guid orderId, CancellationToken cancellationToken) => database.Run(
        async token =>
        {
            await using var command = database.Postgres.CreateCommand(
                "SELECT order_id, source, body, received_at, published_at, acknowledged_at, trace_parent FROM orders WHERE order_id = $1");
            command.Parameters.AddWithValue(orderId);
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token)
                ? new JournaledOrder(
                    reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), Time(reader, 4), Time(reader, 5), reader.IsDBNull(6) ? null : reader.GetString(6))
                : null;
        },
        cancellationToken);

    public Task<RelayedBatch> Relay(
        int most, TimeSpan acknowledgeWithin, Func<IReadOnlyList<UnpublishedOrder>, CancellationToken, Task<IReadOnlyCollection<Guid>>> publish, CancellationToken cancellationToken) => database.Run(
        async token =>
        {
            await using var connection = await database.Postgres.OpenConnectionAsync(token);
            await using var transaction = await connection.BeginTransactionAsync(token);
            var claimed = new List<UnpublishedOrder>(most);
            // Locked until the broker has confirmed: other instances take other orders, and a crash gives these back at once.
            await using (var claim = new NpgsqlCommand(
                "SELECT order_id, body, trace_parent, publications FROM orders WHERE published_at IS NULL AND octet_length(body) <= $2 ORDER BY sequence LIMIT $1 FOR UPDATE SKIP LOCKED",
                connection, transaction))
            {
                claim.Parameters.AddWithValue(most);
                claim.Parameters.AddWithValue(size.Most);
                await using var reader = await claim.ExecuteReaderAsync(token);
                while (await reader.ReadAsync(token))
                    claimed.Add(new(reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3)));
            }
            if (claimed.Count == 0)
                return default;

            var confirmed = await publish(claimed, token);
            if (confirmed.Count > 0)
            {
                await using var mark = new NpgsqlCommand(
                    """
                    UPDATE orders SET published_at = $2, acknowledge_by = $2 + $3 * (1 << least(publications, 6)), publications = publications + 1
                    WHERE order_id = ANY ($1)
                    """, connection, transaction);
                mark.Parameters.AddWithValue(confirmed.ToArray());
                mark.Parameters.AddWithValue(time.GetUtcNow());
                mark.Parameters.AddWithValue(acknowledgeWithin);
                // Marked even while stopping: what the broker has need not be sent again.
                await mark.ExecuteNonQueryAsync(CancellationToken.None);
                await transaction.CommitAsync(CancellationToken.None);
            }
            return new RelayedBatch(claimed.Count, confirmed.Count);
        },
        cancellationToken);

    public Task<long> TooLargeToPublish(CancellationToken cancellationToken) => database.Run(
        async token =>
        {
            await using var command = database.Postgres.CreateCommand("SELECT count(*) FROM orders WHERE published_at IS NULL AND octet_length(body) > $1");
            command.Parameters.AddWithValue(size.Most);
            return (long)(await command.ExecuteScalarAsync(token))!;
        },
        cancellationToken);

    public Task<DateTimeOffset?> OldestUnpublished(CancellationToken cancellationToken) => database.Run(
        async token =>
        {
            await using var command = database.Postgres.CreateCommand("SELECT received_at FROM orders WHERE published_at IS NULL ORDER BY sequence LIMIT 1");
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? Time(reader, 0) : null;
        },
        cancellationToken);

    public Task<JournalBacklog> Backlog(CancellationToken cancellationToken) => database.Run(
        async token =>
        {
            await using var command = database.Postgres.CreateCommand(JournalBatch.BacklogStatement.Replace("{0}", "$1", StringComparison.Ordinal));
            command.Parameters.AddWithValue(time.GetUtcNow());
            await using var reader = await command.ExecuteReaderAsync(token);
            await reader.ReadAsync(token);
            return new JournalBacklog(Time(reader, 0), reader.GetInt64(1), reader.GetInt64(2));
        },
        cancellationToken);

    public Task<IReadOnlyList<Guid>> Unacknowledged(int most, CancellationToken cancellationToken) => database.Run<IReadOnlyList<Guid>>(
        async token =>
        {
            await using var command = database.Postgres.CreateCommand(
                "SELECT order_id FROM orders WHERE published_at IS NOT NULL AND acknowledged_at IS NULL AND acknowledge_by <= $1 ORDER BY acknowledge_by LIMIT $2");
            command.Parameters.AddWithValue(time.GetUtcNow());
            command.Parameters.AddWithValue(most);
            var ids = new List<Guid>();
            await using var reader = await command.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token))
                ids.Add(reader.GetGuid(0));
            return ids;
        },
        cancellationToken);

    public Task Acknowledge(IReadOnlyCollection<Guid> known, IReadOnlyCollection<Guid> unknown, CancellationToken cancellationToken) => database.Run(
        async token =>
        {
            await using var batch = database.Postgres.CreateBatch();
            var now = time.GetUtcNow();
            batch.BatchCommands.Add(new("UPDATE orders SET acknowledged_at = $2 WHERE order_id = ANY ($1)") { Parameters = { new() { Value = known.ToArray() }, new() { Value = now } } });
            // Another instance may have published it again meanwhile: only what is still overdue goes back.
            batch.BatchCommands.Add(new("UPDATE orders SET published_at = NULL WHERE order_id = ANY ($1) AND acknowledged_at IS NULL AND acknowledge_by <= $2")
            {
                Parameters = { new() { Value = unknown.ToArray() }, new() { Value = now } },
            });
            return await batch.ExecuteNonQueryAsync(token);
        },
        cancellationToken);

    public Task<JournalCounts> Count(CancellationToken cancellationToken) => database.Run(
        async token =>
        {
            await using var command = database.Postgres.CreateCommand(JournalBatch.CountStatement);
            await using var reader = await command.ExecuteReaderAsync(token);
            await reader.ReadAsync(token);
            return new JournalCounts(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
        },
        cancellationToken);

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
