using System.Globalization;
using Microsoft.Data.Sqlite;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.RememberingPurchases;

/// <summary>A batch of purchases in one transaction. Instants and ids are kept as text whose order is their order.</summary>
internal static class SqliteUpsert
{
    private const string Link =
        """
        INSERT INTO links (order_id, customer_key, asked_at) SELECT @order_id, @customer_key, @asked_at
        WHERE NOT EXISTS (SELECT 1 FROM consents c WHERE c.customer_key = @customer_key AND c.reason = 'erased' AND NOT c.may_be_tracked)
        ON CONFLICT (order_id) DO UPDATE SET customer_key = excluded.customer_key, asked_at = excluded.asked_at
        WHERE (excluded.asked_at, excluded.customer_key) > (links.asked_at, links.customer_key)
        """;

    private const string Sql =
        $"""
        INSERT INTO contacts (email, customer_key, name, store_id, purchased_at, amount, currency, order_id)
        SELECT @email, @customer_key, @name, @store_id, @purchased_at, @amount, @currency, @order_id
        WHERE (NOT @replayed OR NOT EXISTS (SELECT 1 FROM links l WHERE l.order_id = @order_id AND l.customer_key <> @customer_key))
            AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.customer_key = @customer_key AND c.reason = 'erased' AND NOT c.may_be_tracked)
        {Contacts.UnlessOlder}
        """;

    /// <summary>For each purchase whether it became the last one that was told of its contact.</summary>
    public static Task<IReadOnlyList<bool>> Write(ServiceDatabase database, IReadOnlyList<ToldPurchase> batch, CancellationToken cancellationToken) =>
        database.WriteSqlite<IReadOnlyList<bool>>(async (connection, transaction) =>
        {
            await using var link = new SqliteCommand(Link, connection, transaction);
            await using var command = new SqliteCommand(Sql, connection, transaction);
            var changed = new List<bool>(batch.Count);
            foreach (var (purchase, customerKey, askedAt) in batch)
            {
                link.Parameters.Clear();
                link.Parameters.AddWithValue("@order_id", purchase.OrderId.ToString("D"));
                link.Parameters.AddWithValue("@customer_key", customerKey);
                link.Parameters.AddWithValue("@asked_at", Text(askedAt));
                await link.ExecuteNonQueryAsync(cancellationToken);
                command.Parameters.Clear();
                command.Parameters.AddWithValue("@email", purchase.Email);
                command.Parameters.AddWithValue("@customer_key", customerKey);
                command.Parameters.AddWithValue("@name", (object?)purchase.Name ?? DBNull.Value);
                command.Parameters.AddWithValue("@store_id", purchase.StoreId);
                command.Parameters.AddWithValue("@purchased_at", Text(purchase.PurchasedAt));
                command.Parameters.AddWithValue("@amount", purchase.Amount.ToString(CultureInfo.InvariantCulture));
                command.Parameters.AddWithValue("@currency", purchase.Currency);
                command.Parameters.AddWithValue("@order_id", purchase.OrderId.ToString("D"));
                command.Parameters.AddWithValue("@replayed", askedAt == ToldPurchase.AskedByReplay);
                changed.Add(await command.ExecuteNonQueryAsync(cancellationToken) > 0);
            }
            return changed;
        }, cancellationToken);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
