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
        INSERT INTO consents AS c (customer_key, reason, may_be_tracked, changed_at)
        SELECT DISTINCT ON (customer_key COLLATE "C", reason COLLATE "C") *
        FROM unnest(@customers, @reasons, @allowed, @changed) AS g (customer_key, reason, may_be_tracked, changed_at)
        ORDER BY customer_key COLLATE "C", reason COLLATE "C", changed_at DESC, may_be_tracked
        ON CONFLICT (customer_key, reason) DO UPDATE SET may_be_tracked = excluded.may_be_tracked, changed_at = excluded.changed_at
        WHERE excluded.changed_at > c.changed_at OR excluded.changed_at = c.changed_at AND c.may_be_tracked AND NOT excluded.may_be_tracked
        """;

    public async Task Remember(IReadOnlyList<Consent> consents, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand(Sql);
        Add("customers", NpgsqlDbType.Text, consents.Select(consent => consent.CustomerKey).ToArray());
        Add("reasons", NpgsqlDbType.Text, consents.Select(consent => LedgerText.Of(consent.Reason)).ToArray());
        Add("allowed", NpgsqlDbType.Boolean, consents.Select(consent => consent.MayBeTracked).ToArray());
        Add("changed", NpgsqlDbType.TimestampTz, consents.Select(consent => consent.ChangedAt.UtcDateTime).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add(string name, NpgsqlDbType type, object values) => command.Parameters.Add(new(name, NpgsqlDbType.Array | type) { Value = values });
    }
}
