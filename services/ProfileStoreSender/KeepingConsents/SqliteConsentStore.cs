using Microsoft.Data.Sqlite;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.KeepingConsents;

/// <summary>The consents on SQLite: a batch is one transaction of the process's only writer.</summary>
internal sealed class SqliteConsentStore(ServiceDatabase database) : IConsentStore
{
    private const string Sql =
        """
        INSERT INTO consents AS c (customer_key, reason, may_be_tracked, changed_at) VALUES ($customer, $reason, $allowed, $changed)
        ON CONFLICT (customer_key, reason) DO UPDATE SET may_be_tracked = excluded.may_be_tracked, changed_at = excluded.changed_at
        WHERE excluded.changed_at > c.changed_at OR excluded.changed_at = c.changed_at AND c.may_be_tracked AND NOT excluded.may_be_tracked
        """;

    public Task Remember(IReadOnlyList<Consent> consents, CancellationToken cancellationToken) => database.WriteSqlite(
        async (connection, transaction) =>
        {
            await using var command = new SqliteCommand(Sql, connection, transaction);
            foreach (var consent in consents)
            {
                command.Parameters.Clear();
                command.Parameters.AddWithValue("$customer", consent.CustomerKey);
                command.Parameters.AddWithValue("$reason", LedgerText.Of(consent.Reason));
                command.Parameters.AddWithValue("$allowed", consent.MayBeTracked);
                command.Parameters.AddWithValue("$changed", LedgerText.Of(consent.ChangedAt));
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            return consents.Count;
        }, cancellationToken);
}
