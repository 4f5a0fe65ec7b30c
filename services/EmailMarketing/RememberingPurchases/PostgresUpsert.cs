using Npgsql;

namespace EmailMarketing.RememberingPurchases;

/// <summary>A batch of purchases in one statement.</summary>
internal static class PostgresUpsert
{
    // A statement may touch a row once, hence DISTINCT ON. Its ORDER BY also makes instances lock rows in the same order: no deadlocks.
    private const string Sql =
        """
        INSERT INTO contacts (email, name, store_id, purchased_at, amount, currency, order_id)
        SELECT DISTINCT ON (email COLLATE "C") *
        FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::numeric[], $6::text[], $7::uuid[])
            AS purchase (email, name, store_id, purchased_at, amount, currency, order_id)
        ORDER BY email COLLATE "C", purchased_at DESC, order_id DESC
        ON CONFLICT (email) DO UPDATE SET
            name = excluded.name, store_id = excluded.store_id, purchased_at = excluded.purchased_at,
            amount = excluded.amount, currency = excluded.currency, order_id = excluded.order_id
        WHERE (excluded.purchased_at, excluded.order_id) > (contacts.purchased_at, contacts.order_id)
        RETURNING order_id
        """;

    /// <summary>For each purchase whether it is the contact's last one now.</summary>
    public static async Task<IReadOnlyList<bool>> Write(NpgsqlDataSource postgres, IReadOnlyList<LastPurchase> batch, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Sql);
        Add(purchase => purchase.Email);
        Add(purchase => purchase.Name);
        Add(purchase => purchase.StoreId);
        Add(purchase => purchase.PurchasedAt);
        Add(purchase => purchase.Amount);
        Add(purchase => purchase.Currency);
        Add(purchase => purchase.OrderId);

        var last = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            last.Add(reader.GetGuid(0));
        return [.. batch.Select(purchase => last.Contains(purchase.OrderId))];

        void Add<T>(Func<LastPurchase, T> value) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. batch.Select(value)] });
    }
}
