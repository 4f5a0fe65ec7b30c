using System.Globalization;
using Microsoft.Data.Sqlite;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.RememberingPurchases;

/// <summary>A batch of purchases in one transaction. Instants and ids are kept as text whose order is their order.</summary>
internal static class SqliteUpsert
{
    private const string Sql =
        """
        INSERT INTO contacts (email, name, store_id, purchased_at, amount, currency, order_id)
        VALUES (@email, @name, @store_id, @purchased_at, @amount, @currency, @order_id)
        ON CONFLICT (email) DO UPDATE SET
            name = excluded.name, store_id = excluded.store_id, purchased_at = excluded.purchased_at,
            amount = excluded.amount, currency = excluded.currency, order_id = excluded.order_id
        WHERE (excluded.purchased_at, excluded.order_id) > (contacts.purchased_at, contacts.order_id)
        """;

    /// <summary>For each purchase whether it became the contact's last one.</summary>
    public static Task<IReadOnlyList<bool>> Write(ServiceDatabase database, IReadOnlyList<LastPurchase> batch, CancellationToken cancellationToken) =>
        database.WriteSqlite<IReadOnlyList<bool>>(async (connection, transaction) =>
        {
            await using var command = new SqliteCommand(Sql, connection, transaction);
            var changed = new List<bool>(batch.Count);
            foreach (var purchase in batch)
            {
                command.Parameters.Clear();
                command.Parameters.AddWithValue("@email", purchase.Email);
                command.Parameters.AddWithValue("@name", (object?)purchase.Name ?? DBNull.Value);
                command.Parameters.AddWithValue("@store_id", purchase.StoreId);
                command.Parameters.AddWithValue("@purchased_at", purchase.PurchasedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
                command.Parameters.AddWithValue("@amount", purchase.Amount.ToString(CultureInfo.InvariantCulture));
                command.Parameters.AddWithValue("@currency", purchase.Currency);
                command.Parameters.AddWithValue("@order_id", purchase.OrderId.ToString("D"));
                changed.Add(await command.ExecuteNonQueryAsync(cancellationToken) > 0);
            }
            return changed;
        }, cancellationToken);
}
