using Npgsql;
using NpgsqlTypes;
using OrderJourney.Journey;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.KeepingCardNotices;

/// <summary>Notices about cards in PostgreSQL: one statement per batch, arrays in, rows out.</summary>
internal sealed class PostgresCardNotices(ServiceDatabase database) : ICardNoticeTable
{
    // A row that stays as it is has to be locked and answered too.
    private const string KeepSql =
        """
        INSERT INTO card_registrations AS c (card_key, registered_at, email)
        SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT (card_key) DO UPDATE SET
            registered_at = GREATEST(c.registered_at, excluded.registered_at),
            email = CASE WHEN excluded.registered_at > c.registered_at THEN excluded.email ELSE c.email END
        RETURNING card_key, registered_at, email
        """;

    // One descent into the index per card, in the order of its key, and no more rows than asked for.
    private const string ConcernedSql =
        $"""
        SELECT part.place, found.order_id
        FROM unnest($1, $2, $3) WITH ORDINALITY AS part (card_key, email, after, place)
        CROSS JOIN LATERAL (
            SELECT j.order_id FROM journeys j
            WHERE j.card_key = part.card_key AND j.card_key IS NOT NULL AND j.order_id > part.after
                AND (j.state <> '{JourneyState.Tracked}' OR (part.email IS NOT NULL AND j.customer::json ->> 'email' <> part.email))
            ORDER BY j.order_id LIMIT $4) found
        """;

    private const string DeleteSql =
        "DELETE FROM card_registrations WHERE card_key = ANY (ARRAY(SELECT card_key FROM card_registrations WHERE registered_at < $1 ORDER BY registered_at LIMIT $2 FOR UPDATE SKIP LOCKED))";

    public async Task<IReadOnlyDictionary<string, CardNotice>> Keep(IReadOnlyList<CardNotice> notices, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand(KeepSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. notices.Select(notice => notice.CardKey)] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. notices.Select(notice => notice.RegisteredAt.UtcDateTime)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. notices.Select(notice => notice.Email)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return await Read(command, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, CardNotice>> Find(IReadOnlyCollection<string> cardKeys, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand("SELECT card_key, registered_at, email FROM card_registrations WHERE card_key = ANY ($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. cardKeys] });
        return await Read(command, cancellationToken);
    }

    public async Task<IReadOnlyList<IReadOnlyList<Guid>>> Concerned(IReadOnlyList<PartOfJourneys> parts, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand(ConcernedSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. parts.Select(part => part.Notice.CardKey)] });
        command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. parts.Select(part => part.Notice.Email)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. parts.Select(part => part.After)] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var found = parts.Select(_ => new List<Guid>()).ToList();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found[(int)reader.GetInt64(0) - 1].Add(reader.GetGuid(1));
        return found;
    }

    public async Task<int> DeleteOlder(DateTimeOffset than, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand(DeleteSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = than.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, CardNotice>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var notices = new Dictionary<string, CardNotice>();
        while (await reader.ReadAsync(cancellationToken))
            notices.Add(reader.GetString(0), new(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return notices;
    }
}
