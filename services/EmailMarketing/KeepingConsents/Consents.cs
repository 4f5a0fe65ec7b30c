using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using ServiceDefaults.GroupingCommits;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.KeepingConsents;

/// <summary>
/// The latest word for each customer and reason; of two of the same instant the one that forbids. A contact whom one forbids is kept and not shown, so any
/// order and any repetition of purchases and changes ends in the same contacts.
/// </summary>
internal sealed class Consents : IAsyncDisposable
{
    private const int LargestBatch = 500;

    internal const string Newer =
        """
        ON CONFLICT (customer_key, reason) DO UPDATE SET may_be_tracked = excluded.may_be_tracked, changed_at = excluded.changed_at
        WHERE excluded.changed_at > consents.changed_at OR excluded.changed_at = consents.changed_at AND consents.may_be_tracked AND NOT excluded.may_be_tracked
        """;

    // A statement may touch a row once, hence DISTINCT ON. Its ORDER BY also makes instances lock rows in the same order: no deadlocks.
    private const string PostgresSql =
        $"""
        INSERT INTO consents (customer_key, reason, may_be_tracked, changed_at)
        SELECT DISTINCT ON (customer_key COLLATE "C", reason COLLATE "C") *
        FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[]) AS word (customer_key, reason, may_be_tracked, changed_at)
        ORDER BY customer_key COLLATE "C", reason COLLATE "C", changed_at DESC, may_be_tracked
        {Newer}
        """;

    private const string SqliteSql = $"INSERT INTO consents (customer_key, reason, may_be_tracked, changed_at) VALUES (@customer_key, @reason, @may_be_tracked, @changed_at) {Newer}";

    private readonly ServiceDatabase _database;
    private readonly GroupCommit<Consent, Consent> _remember;

    public Consents([FromKeyedServices(EmailMarketingService.Name)] ServiceDatabase database)
    {
        _database = database;
        Func<IReadOnlyList<Consent>, CancellationToken, Task<IReadOnlyList<Consent>>> write = database.Kind == DatabaseKind.PostgreSql ? WritePostgres : WriteSqlite;
        _remember = new((batch, token) => database.Run(attempt => write(batch, attempt), token), LargestBatch);
    }

    /// <summary>Returns once it is committed.</summary>
    public Task Remember(Consent consent, CancellationToken cancellationToken) => _remember.Add(consent, cancellationToken);

    public ValueTask DisposeAsync() => _remember.DisposeAsync();

    private async Task<IReadOnlyList<Consent>> WritePostgres(IReadOnlyList<Consent> batch, CancellationToken cancellationToken)
    {
        await using var command = _database.Postgres.CreateCommand(PostgresSql);
        Add(consent => consent.CustomerKey);
        Add(consent => consent.Reason);
        Add(consent => consent.MayBeTracked);
        Add(consent => consent.ChangedAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return batch;

        void Add<T>(Func<Consent, T> value) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. batch.Select(value)] });
    }

    private Task<IReadOnlyList<Consent>> WriteSqlite(IReadOnlyList<Consent> batch, CancellationToken cancellationToken) => _database.WriteSqlite(
        async (connection, transaction) =>
        {
            await using var command = new SqliteCommand(SqliteSql, connection, transaction);
            foreach (var consent in batch)
            {
                command.Parameters.Clear();
                command.Parameters.AddWithValue("@customer_key", consent.CustomerKey);
                command.Parameters.AddWithValue("@reason", consent.Reason);
                command.Parameters.AddWithValue("@may_be_tracked", consent.MayBeTracked);
                command.Parameters.AddWithValue("@changed_at", consent.ChangedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            return batch;
        }, cancellationToken);
}
