using Microsoft.Data.Sqlite;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>The ledger on SQLite: a batch is one transaction of the process's only writer.</summary>
internal sealed class SqliteLedgerStore(ServiceDatabase database) : ILedgerStore
{
    private const string Select =
        """
        SELECT order_id, destination, state, attempts, uncertain, repeats_unknown, coalesce(may_have_arrived, 0), track_id, status_code, answer, claimed_by, claimed_at, first_at, updated_at, suppressed_because, customer_key, claimed_until, sent_at
        FROM deliveries
        """;

    private const string ClaimSql =
        $"""
        WITH wanted AS (
            SELECT (
                SELECT c.reason FROM consents c
                WHERE c.customer_key IN ($customer, $card) AND NOT c.may_be_tracked
                    AND c.changed_at >= coalesce(CASE c.reason WHEN 'blocked' THEN $status_seen WHEN 'consent_withdrawn' THEN $consent_seen END, c.changed_at)
                    AND (c.reason IN {ILedgerStore.Lasting} OR NOT EXISTS (SELECT 1 FROM consents a WHERE a.customer_key = c.customer_key AND a.reason = 'any' AND a.changed_at > c.changed_at))
                ORDER BY c.reason IN {ILedgerStore.Lasting} DESC, c.changed_at DESC, c.reason DESC LIMIT 1) AS forbidden),
        claims AS (
            SELECT 'sending' AS state, 1 AS attempts, 1 AS leaves, NULL AS answer, NULL AS because, $by AS claimed_by, $now AS claimed_at, $until AS claimed_until FROM wanted WHERE forbidden IS NULL
            UNION ALL
            SELECT 'suppressed', 0, NULL, '{ILedgerStore.WhyForbidden}', forbidden, NULL, NULL, NULL FROM wanted WHERE forbidden IS NOT NULL)
        INSERT INTO deliveries AS d (order_id, destination, state, attempts, uncertain, repeats_unknown, may_have_arrived, track_id, answer, suppressed_because, customer_key, claimed_by, claimed_at, claimed_until, first_at, updated_at, sent_at)
        SELECT $order, $destination, state, attempts, 0, 0, leaves, $track, answer, because, $customer, claimed_by, claimed_at, claimed_until, $now, $now, claimed_at FROM claims WHERE true
        ON CONFLICT (order_id, destination) DO UPDATE SET
            state = excluded.state, attempts = d.attempts + excluded.attempts, uncertain = d.uncertain + excluded.attempts * coalesce(d.may_have_arrived, 0),
            repeats_unknown = excluded.attempts = 1 AND coalesce(d.may_have_arrived, 0), may_have_arrived = coalesce(excluded.may_have_arrived, d.may_have_arrived),
            track_id = excluded.track_id, status_code = CASE WHEN excluded.answer IS NULL THEN d.status_code END, answer = coalesce(excluded.answer, d.answer),
            suppressed_because = excluded.suppressed_because, customer_key = excluded.customer_key,
            claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at, claimed_until = excluded.claimed_until, updated_at = excluded.updated_at,
            sent_at = coalesce(excluded.sent_at, d.sent_at)
        WHERE (d.state IN ('unavailable', 'suppressed', 'unknown')
            OR d.state = 'refused' AND ($again OR d.customer_key <> excluded.customer_key)
            OR d.state = 'sending' AND (d.claimed_by = $by OR d.claimed_until < $now))
           AND (excluded.attempts = 0 OR NOT coalesce(d.may_have_arrived, 0) OR $asked IS NULL OR $asked = d.attempts)
        """;

    private const string RecordSql =
        """
        INSERT INTO deliveries AS d (order_id, destination, state, attempts, uncertain, repeats_unknown, may_have_arrived, track_id, status_code, answer, suppressed_because, customer_key, first_at, updated_at)
        VALUES ($order, $destination, $state, 0, 0, 0, $arrived, $track, $status, $answer, $because, $customer, $now, $now)
        ON CONFLICT (order_id, destination) DO UPDATE SET
            state = excluded.state, may_have_arrived = coalesce(excluded.may_have_arrived, d.may_have_arrived), track_id = excluded.track_id,
            status_code = excluded.status_code, answer = excluded.answer, suppressed_because = excluded.suppressed_because, customer_key = excluded.customer_key,
            claimed_by = NULL, claimed_at = NULL, claimed_until = NULL, updated_at = excluded.updated_at
        WHERE d.state <> 'accepted' AND (excluded.state = 'accepted' OR d.claimed_by IS NULL OR d.claimed_by = $by OR d.claimed_until < $now)
        """;

    public Task<IReadOnlyList<ClaimResult>> Claim(ClaimBatch batch, CancellationToken cancellationToken) => database.WriteSqlite<IReadOnlyList<ClaimResult>>(
        async (connection, transaction) =>
        {
            await using var claim = Command(connection, transaction, ClaimSql);
            var results = new List<ClaimResult>(batch.Claims.Count);
            foreach (var wanted in batch.Claims)
            {
                Set(claim, ("$order", LedgerText.Of(wanted.OrderId)), ("$destination", wanted.Destination), ("$track", wanted.TrackId), ("$again", wanted.TryRefusedAgain), ("$asked", wanted.AskedAfterAttempts),
                    ("$customer", wanted.CustomerKey), ("$card", wanted.CardKey), ("$consent_seen", wanted.ConsentSeenAt is { } consent ? LedgerText.Of(consent) : null),
                    ("$status_seen", wanted.StatusSeenAt is { } status ? LedgerText.Of(status) : null),
                    ("$by", LedgerText.Of(batch.By)), ("$now", LedgerText.Of(batch.Now)), ("$until", LedgerText.Of(batch.Until)));
                var written = await claim.ExecuteNonQueryAsync(cancellationToken) == 1;
                results.Add(ClaimResult.Of(written, await Row(connection, transaction, wanted.OrderId, wanted.Destination, cancellationToken)));
            }
            return results;
        }, cancellationToken);

    public Task<IReadOnlyList<LedgerEntry>> Record(OutcomeBatch batch, CancellationToken cancellationToken) => database.WriteSqlite<IReadOnlyList<LedgerEntry>>(
        async (connection, transaction) =>
        {
            await using var record = Command(connection, transaction, RecordSql);
            var entries = new List<LedgerEntry>(batch.Outcomes.Count);
            foreach (var given in batch.Outcomes)
            {
                Set(record, ("$order", LedgerText.Of(given.OrderId)), ("$destination", given.Destination), ("$state", LedgerText.Kept(given.State)), ("$track", given.TrackId),
                    ("$status", given.StatusCode), ("$answer", given.Answer), ("$because", given.SuppressedBecause is { } because ? LedgerText.Of(because) : null), ("$arrived", given.MayHaveArrived),
                    ("$customer", given.CustomerKey), ("$by", LedgerText.Of(batch.By)), ("$now", LedgerText.Of(batch.Now)));
                await record.ExecuteNonQueryAsync(cancellationToken);
                entries.Add((await Row(connection, transaction, given.OrderId, given.Destination, cancellationToken))!);
            }
            return entries;
        }, cancellationToken);

    public async Task<IReadOnlyList<LedgerEntry>> OfOrder(Guid orderId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var select = Command(connection, null, $"{Select} WHERE order_id = $order ORDER BY destination");
        Set(select, ("$order", LedgerText.Of(orderId)));
        return await Read(select, cancellationToken);
    }

    public async Task<IReadOnlyList<LedgerEntry>> List(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var select = Command(connection, null, LedgerListing.Sql(filter, Select));
        Set(select, ("@now", LedgerText.Of(now)), ("@limit", filter.Limit), ("@state", filter.State is { } state ? LedgerText.Kept(state) : null), ("@destination", filter.Destination),
            ("@after_order", filter.After is { } after ? LedgerText.Of(after.OrderId) : null), ("@after_destination", filter.After?.Destination));
        return await Read(select, cancellationToken);
    }

    public async Task<IReadOnlyList<StateCount>> Summarize(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var select = Command(connection, null, $"SELECT destination, {LedgerListing.StateSql} AS present, count(*), sum(uncertain) FROM deliveries GROUP BY 1, 2 ORDER BY 1, 2");
        Set(select, ("@now", LedgerText.Of(now)));
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var counts = new List<StateCount>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(new(reader.GetString(0), LedgerText.State(reader.GetString(1), mayHaveArrived: false), reader.GetInt64(2), reader.GetInt64(3)));
        return counts;
    }

    private static async Task<LedgerEntry?> Row(SqliteConnection connection, SqliteTransaction transaction, Guid orderId, string destination, CancellationToken cancellationToken)
    {
        await using var select = Command(connection, transaction, $"{Select} WHERE order_id = $order AND destination = $destination");
        Set(select, ("$order", LedgerText.Of(orderId)), ("$destination", destination));
        return (await Read(select, cancellationToken)).SingleOrDefault();
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        return command;
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
    }

    private static async Task<List<LedgerEntry>> Read(SqliteCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<LedgerEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new()
            {
                OrderId = Guid.ParseExact(reader.GetString(0), "D"),
                Destination = reader.GetString(1),
                State = LedgerText.State(reader.GetString(2), reader.GetBoolean(6)),
                IsOfLaterVersion = LedgerText.FindState(reader.GetString(2)) is null,
                Attempts = reader.GetInt32(3),
                Uncertain = reader.GetInt32(4),
                RepeatsUnknown = reader.GetBoolean(5),
                MayHaveArrived = reader.GetBoolean(6),
                TrackId = reader.GetString(7),
                StatusCode = reader.IsDBNull(8) ? null : reader.GetInt32(8),
                Answer = reader.IsDBNull(9) ? null : reader.GetString(9),
                ClaimedBy = reader.IsDBNull(10) ? null : Guid.ParseExact(reader.GetString(10), "D"),
                ClaimedAt = reader.IsDBNull(11) ? null : LedgerText.Time(reader.GetString(11)),
                FirstAt = LedgerText.Time(reader.GetString(12)),
                UpdatedAt = LedgerText.Time(reader.GetString(13)),
                SuppressedBecause = reader.IsDBNull(14) ? null : LedgerText.Reason(reader.GetString(14)),
                CustomerKey = reader.IsDBNull(15) ? null : reader.GetString(15),
                ClaimedUntil = reader.IsDBNull(16) ? null : LedgerText.Time(reader.GetString(16)),
                SentAt = reader.IsDBNull(17) ? null : LedgerText.Time(reader.GetString(17)),
            });
        }
        return entries;
    }
}
