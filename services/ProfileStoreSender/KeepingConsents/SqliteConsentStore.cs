using Microsoft.Data.Sqlite;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.KeepingConsents;

/// <summary>The consents on SQLite: a batch is one transaction of the process's only writer.</summary>
internal sealed class SqliteConsentStore(ServiceDatabase database) : IConsentStore
{
    private const string Sql =
        """
        INSERT INTO consents AS c (customer_key, may_be_tracked, reason, changed_at) VALUES ($customer, $reason IS NULL, $reason, $changed)
        ON CONFLICT (customer_key) DO UPDATE SET may_be_tracked = excluded.may_be_tracked, reason = excluded.reason, changed_at = excluded.changed_at
        WHERE (excluded.changed_at, coalesce(excluded.reason, '')) > (c.changed_at, coalesce(c.reason, ''))
        """;

    public Task Remember(IReadOnlyList<Consent> consents, CancellationToken cancellationToken) => database.WriteSqlite(
        async (connection, transaction) =>
        {
            await using var command = new SqliteCommand(Sql, connection, transaction);
            foreach (var consent in consents)
            {
                command.Parameters.Clear();
                command.Parameters.AddWithValue("$customer", consent.CustomerKey);
                command.Parameters.AddWithValue("$reason", consent.Forbidden is { } reason ? LedgerText.Of(reason) : DBNull.Value);
                command.Parameters.AddWithValue("$changed", LedgerText.Of(consent.ChangedAt));
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            return consents.Count;
        }, cancellationToken);
}
