using NpgsqlTypes;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.KeepingConsents;

/// <summary>The consents on PostgreSQL: a batch is one statement.</summary>
internal sealed class PostgreSqlConsentStore(ServiceDatabase database) : IConsentStore
{
    // A statement may touch a row once, hence DISTINCT ON. Its ORDER BY also makes instances lock rows in the same order: no deadlocks.
    private const string Sql =
        """
        INSERT INTO consents AS c (customer_key, may_be_tracked, reason, changed_at)
        SELECT DISTINCT ON (customer_key COLLATE "C") customer_key, reason IS NULL, reason, changed_at
        FROM unnest(@customers, @reasons, @changed) AS g (customer_key, reason, changed_at)
        ORDER BY customer_key COLLATE "C", changed_at DESC, reason COLLATE "C" DESC NULLS LAST
        ON CONFLICT (customer_key) DO UPDATE SET may_be_tracked = excluded.may_be_tracked, reason = excluded.reason, changed_at = excluded.changed_at
        WHERE (excluded.changed_at, coalesce(excluded.reason, '')) > (c.changed_at, coalesce(c.reason, ''))
        """;

    public async Task Remember(IReadOnlyList<Consent> consents, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand(Sql);
        Add("customers", NpgsqlDbType.Text, consents.Select(consent => consent.CustomerKey).ToArray());
        Add("reasons", NpgsqlDbType.Text, consents.Select(consent => consent.Forbidden is { } reason ? LedgerText.Of(reason) : null).ToArray());
        Add("changed", NpgsqlDbType.TimestampTz, consents.Select(consent => consent.ChangedAt.UtcDateTime).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add(string name, NpgsqlDbType type, object values) => command.Parameters.Add(new(name, NpgsqlDbType.Array | type) { Value = values });
    }
}
