using Microsoft.Data.Sqlite;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.KeepingCardNotices;

/// <summary>Notices about cards in SQLite.</summary>
internal sealed class SqliteCardNotices(ServiceDatabase database) : ICardNoticeTable
{
    private const string KeepSql =
        """
        INSERT INTO card_registrations (card_key, registered_at, email) VALUES (@key, @at, @email)
        ON CONFLICT (card_key) DO UPDATE SET
            email = CASE WHEN excluded.registered_at > registered_at THEN excluded.email ELSE email END,
            registered_at = max(registered_at, excluded.registered_at)
        RETURNING card_key, registered_at, email
        """;

    private const string ConcernedSql =
        $"""
        SELECT order_id FROM journeys
        WHERE card_key = @key AND order_id > @after
            AND (state <> '{JourneyState.Tracked}' OR (@email IS NOT NULL AND json_extract(customer, '$.email') <> @email))
        ORDER BY order_id LIMIT @limit
        """;

    public Task<IReadOnlyDictionary<string, CardNotice>> Keep(IReadOnlyList<CardNotice> notices, CancellationToken cancellationToken) =>
        database.WriteSqlite<IReadOnlyDictionary<string, CardNotice>>(async (connection, transaction) =>
        {
            var kept = new Dictionary<string, CardNotice>();
            foreach (var notice in notices)
            {
                await using var command = SqliteJourneys.Command(connection, transaction, KeepSql,
                    ("@key", notice.CardKey), ("@at", SqliteJourneys.Text(notice.RegisteredAt)), ("@email", (object?)notice.Email ?? DBNull.Value));
                await Read(command, kept, cancellationToken);
            }
            return kept;
        }, cancellationToken);

    public async Task<IReadOnlyDictionary<string, CardNotice>> Find(IReadOnlyCollection<string> cardKeys, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        var found = new Dictionary<string, CardNotice>();
        foreach (var key in cardKeys)
        {
            await using var command = SqliteJourneys.Command(connection, null, "SELECT card_key, registered_at, email FROM card_registrations WHERE card_key = @key", ("@key", key));
            await Read(command, found, cancellationToken);
        }
        return found;
    }

    public async Task<IReadOnlyList<IReadOnlyList<Guid>>> Concerned(IReadOnlyList<PartOfJourneys> parts, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        var found = new List<IReadOnlyList<Guid>>();
        foreach (var (notice, after) in parts)
        {
            await using var command = SqliteJourneys.Command(connection, null, ConcernedSql,
                ("@key", notice.CardKey), ("@after", SqliteJourneys.Text(after)), ("@email", (object?)notice.Email ?? DBNull.Value), ("@limit", limit));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var ids = new List<Guid>();
            while (await reader.ReadAsync(cancellationToken))
                ids.Add(Guid.Parse(reader.GetString(0)));
            found.Add(ids);
        }
        return found;
    }

    public Task<int> DeleteOlder(DateTimeOffset than, int limit, CancellationToken cancellationToken) =>
        database.WriteSqlite(async (connection, transaction) =>
        {
            await using var command = SqliteJourneys.Command(connection, transaction,
                "DELETE FROM card_registrations WHERE card_key IN (SELECT card_key FROM card_registrations WHERE registered_at < @than ORDER BY registered_at LIMIT @limit)",
                ("@than", SqliteJourneys.Text(than)), ("@limit", limit));
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    private static async Task Read(SqliteCommand command, Dictionary<string, CardNotice> into, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            into[reader.GetString(0)] = new(reader.GetString(0), SqliteJourneys.Time(reader.GetString(1)), reader.IsDBNull(2) ? null : reader.GetString(2));
    }
}
