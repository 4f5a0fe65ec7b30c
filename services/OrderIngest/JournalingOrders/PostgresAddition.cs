using Npgsql;

namespace OrderIngest.JournalingOrders;

/// <summary>Writes a batch of orders down on PostgreSQL, each sale once: a large one by COPY, a small one in a single round trip.</summary>
internal static class PostgresAddition
{
    /// <summary>One answer per entry of the batch, committed.</summary>
    public static async Task<IReadOnlyList<JournalAnswer>> Add(NpgsqlDataSource postgres, JournalBatch batch, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        if (batch.First.Count >= PostgresOrderCopy.Worthwhile)
        {
            var known = await Hashes(connection, batch.First.Select(entry => entry.OrderId), cancellationToken);
            var fresh = batch.First.Where(entry => !known.ContainsKey(entry.OrderId)).ToList();
            if (fresh.Count == 0 || await PostgresOrderCopy.TryWrite(connection, fresh, cancellationToken))
                return batch.Answers([.. fresh.Select(entry => entry.OrderId)], known);
        }
        var inserted = await Insert(connection, batch.First, cancellationToken);
        var there = inserted.Count == batch.First.Count
            ? []
            : await Hashes(connection, batch.First.Select(entry => entry.OrderId).Where(id => !inserted.Contains(id)), cancellationToken);
        return batch.Answers(inserted, there);
    }

    private static async Task<HashSet<Guid>> Insert(NpgsqlConnection connection, IReadOnlyList<JournalEntry> first, CancellationToken cancellationToken)
    {
        // In the order of the ids, so that two batches with the same sales cannot wait for each other.
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO orders (order_id, source, store_id, register_id, receipt_number, order_number, business_date, content_hash, body, received_at, trace_parent)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::bytea[], $9::text[], $10::timestamptz[], $11::text[]) AS entry (id)
            ORDER BY entry.id
            ON CONFLICT (order_id) DO NOTHING
            RETURNING order_id
            """, connection);
        insert.Parameters.AddWithValue(first.Select(entry => entry.OrderId).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.Order.Source).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.Order.StoreId).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.Order.RegisterId).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.Order.ReceiptNumber).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.Order.OrderNumber).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.Order.BusinessDate).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.ContentHash).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.Body).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.ReceivedAt).ToArray());
        insert.Parameters.AddWithValue(first.Select(entry => entry.TraceParent).ToArray());
        var inserted = new HashSet<Guid>();
        await using var reader = await insert.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            inserted.Add(reader.GetGuid(0));
        return inserted;
    }

    private static async Task<Dictionary<Guid, byte[]>> Hashes(NpgsqlConnection connection, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        await using var select = new NpgsqlCommand("SELECT order_id, content_hash FROM orders WHERE order_id = ANY ($1)", connection);
        select.Parameters.AddWithValue(ids.ToArray());
        var hashes = new Dictionary<Guid, byte[]>();
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            hashes[reader.GetGuid(0)] = reader.GetFieldValue<byte[]>(1);
        return hashes;
    }
}
