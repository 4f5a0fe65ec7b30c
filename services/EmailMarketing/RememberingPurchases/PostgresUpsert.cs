using Npgsql;

namespace EmailMarketing.RememberingPurchases;

/// <summary>A batch of purchases in one statement.</summary>
internal static class PostgresUpsert
{
    // A statement may touch a row once, hence DISTINCT ON. Its ORDER BY also makes instances lock rows in the same order: no deadlocks.
    private const string Sql =
        $"""
        WITH told AS (
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::numeric[], $7::text[], $8::uuid[], $9::timestamptz[])
                AS purchase (email, customer_key, name, store_id, purchased_at, amount, currency, order_id, asked_at)
            WHERE NOT EXISTS (SELECT 1 FROM consents c WHERE c.customer_key = purchase.customer_key AND c.reason = 'erased' AND NOT c.may_be_tracked)),
        linked AS (
            INSERT INTO links (order_id, customer_key, asked_at)
            SELECT DISTINCT ON (order_id) order_id, customer_key, asked_at FROM told ORDER BY order_id, asked_at DESC, customer_key COLLATE "C" DESC
            ON CONFLICT (order_id) DO UPDATE SET customer_key = excluded.customer_key, asked_at = excluded.asked_at
            WHERE (excluded.asked_at, excluded.customer_key) > (links.asked_at, links.customer_key))
        INSERT INTO contacts (email, customer_key, name, store_id, purchased_at, amount, currency, order_id)
        SELECT DISTINCT ON (email COLLATE "C") email, customer_key, name, store_id, purchased_at, amount, currency, order_id FROM told
        WHERE asked_at > 'epoch' OR NOT EXISTS (SELECT FROM links l WHERE l.order_id = told.order_id AND l.customer_key <> told.customer_key)
        ORDER BY email COLLATE "C", purchased_at DESC, order_id DESC
        {Contacts.UnlessOlder}
        RETURNING order_id, email
        """;

    /// <summary>For each purchase whether it is the last one that was told of its contact.</summary>
    public static async Task<IReadOnlyList<bool>> Write(NpgsqlDataSource postgres, IReadOnlyList<ToldPurchase> batch, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Sql);
        Add(told => told.Purchase.Email);
        Add(told => told.CustomerKey);
        Add(told => told.Purchase.Name);
        Add(told => told.Purchase.StoreId);
        Add(told => told.Purchase.PurchasedAt);
        Add(told => told.Purchase.Amount);
        Add(told => told.Purchase.Currency);
        Add(told => told.Purchase.OrderId);
        Add(told => told.AskedAt.ToUniversalTime());

        var last = new HashSet<(Guid, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            last.Add((reader.GetGuid(0), reader.GetString(1)));
        return [.. batch.Select(told => last.Contains((told.Purchase.OrderId, told.Purchase.Email)))];

        void Add<T>(Func<ToldPurchase, T> value) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. batch.Select(value)] });
    }
}
