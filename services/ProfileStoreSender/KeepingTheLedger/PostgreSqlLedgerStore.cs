using System.Data;
using Npgsql;
using NpgsqlTypes;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>The ledger on PostgreSQL: a batch is one statement.</summary>
internal sealed class PostgreSqlLedgerStore(ServiceDatabase database) : ILedgerStore
{
    private const string Columns =
        "order_id, destination, state, attempts, uncertain, repeats_unknown, coalesce(may_have_arrived, false), track_id, status_code, answer, claimed_by, claimed_at, first_at, updated_at, suppressed_because, customer_key, claimed_until, sent_at";

    private const string ClaimSql =
        $"""
        WITH wanted AS (
            SELECT w.order_id, w.destination, w.track_id, w.customer_key, w.asked, (
                SELECT c.reason FROM consents c
                WHERE c.customer_key = ANY (ARRAY[w.customer_key, w.card_key]) AND NOT c.may_be_tracked
                    AND c.changed_at >= coalesce(CASE c.reason WHEN 'blocked' THEN w.status_seen_at WHEN 'consent_withdrawn' THEN w.consent_seen_at END, c.changed_at)
                    AND (c.reason IN {ILedgerStore.Lasting} OR NOT EXISTS (SELECT 1 FROM consents a WHERE a.customer_key = c.customer_key AND a.reason = 'any' AND a.changed_at > c.changed_at))
                ORDER BY c.reason IN {ILedgerStore.Lasting} DESC, c.changed_at DESC, c.reason DESC LIMIT 1) AS forbidden
            FROM unnest(@orders, @destinations, @tracks, @customers, @consent_seen, @status_seen, @cards, @asked) AS w (order_id, destination, track_id, customer_key, consent_seen_at, status_seen_at, card_key, asked)),
        claims AS (
            SELECT order_id, destination, track_id, customer_key, 'sending' AS state, 1 AS attempts, true AS leaves, NULL AS answer, NULL AS because, @by AS claimed_by, @now AS claimed_at, @until AS claimed_until FROM wanted WHERE forbidden IS NULL
            UNION ALL
            SELECT order_id, destination, track_id, customer_key, 'suppressed', 0, NULL, '{ILedgerStore.WhyForbidden}', forbidden, NULL, NULL, NULL FROM wanted WHERE forbidden IS NOT NULL),
        taken AS (
            INSERT INTO deliveries AS d (order_id, destination, state, attempts, uncertain, repeats_unknown, may_have_arrived, track_id, answer, suppressed_because, customer_key, claimed_by, claimed_at, claimed_until, first_at, updated_at, sent_at)
            SELECT order_id, destination, state, attempts, 0, false, leaves, track_id, answer, because, customer_key, claimed_by, claimed_at, claimed_until, @now, @now, claimed_at FROM claims ORDER BY order_id
            ON CONFLICT (order_id, destination) DO UPDATE SET
                state = excluded.state, attempts = d.attempts + excluded.attempts, uncertain = d.uncertain + excluded.attempts * coalesce(d.may_have_arrived, false)::int,
                repeats_unknown = excluded.attempts = 1 AND coalesce(d.may_have_arrived, false), may_have_arrived = coalesce(excluded.may_have_arrived, d.may_have_arrived),
                track_id = excluded.track_id, status_code = CASE WHEN excluded.answer IS NULL THEN d.status_code END, answer = coalesce(excluded.answer, d.answer),
                suppressed_because = excluded.suppressed_because, customer_key = excluded.customer_key,
                claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at, claimed_until = excluded.claimed_until, updated_at = excluded.updated_at,
                sent_at = coalesce(excluded.sent_at, d.sent_at)
            WHERE (d.state IN ('unavailable', 'suppressed', 'unknown')
                OR d.state = 'refused' AND (d.order_id = ANY (@again) OR d.customer_key <> excluded.customer_key)
                OR d.state = 'sending' AND (d.claimed_by = @by OR d.claimed_until < @now))
               AND (excluded.attempts = 0 OR NOT coalesce(d.may_have_arrived, false)
                OR NOT EXISTS (SELECT FROM wanted w WHERE w.order_id = d.order_id AND w.destination = d.destination AND w.asked <> d.attempts))
            RETURNING {Columns})
        SELECT true, t.* FROM taken t
        UNION ALL
        SELECT false, {Columns} FROM deliveries
        WHERE (order_id, destination) IN (SELECT w.order_id, w.destination FROM wanted w EXCEPT SELECT t.order_id, t.destination FROM taken t)
        """;

    private const string RecordSql =
        $"""
        WITH given AS (SELECT * FROM unnest(@orders, @destinations, @tracks, @states, @statuses, @answers, @reasons, @arrived, @customers)
            AS g (order_id, destination, track_id, state, status_code, answer, suppressed_because, may_have_arrived, customer_key)),
        written AS (
            INSERT INTO deliveries AS d (order_id, destination, state, attempts, uncertain, repeats_unknown, may_have_arrived, track_id, status_code, answer, suppressed_because, customer_key, first_at, updated_at)
            SELECT order_id, destination, state, 0, 0, false, may_have_arrived, track_id, status_code, answer, suppressed_because, customer_key, @now, @now FROM given ORDER BY order_id
            ON CONFLICT (order_id, destination) DO UPDATE SET
                state = excluded.state, may_have_arrived = coalesce(excluded.may_have_arrived, d.may_have_arrived), track_id = excluded.track_id,
                status_code = excluded.status_code, answer = excluded.answer, suppressed_because = excluded.suppressed_because, customer_key = excluded.customer_key,
                claimed_by = NULL, claimed_at = NULL, claimed_until = NULL, updated_at = excluded.updated_at
            WHERE d.state <> 'accepted' AND (excluded.state = 'accepted' OR d.claimed_by IS NULL OR d.claimed_by = @by OR d.claimed_until < @now)
            RETURNING {Columns})
        SELECT true, w.* FROM written w
        UNION ALL
        SELECT false, {Columns} FROM deliveries
        WHERE (order_id, destination) IN (SELECT g.order_id, g.destination FROM given g EXCEPT SELECT w.order_id, w.destination FROM written w)
        """;

    public async Task<IReadOnlyList<ClaimResult>> Claim(ClaimBatch batch, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand(ClaimSql);
        Add(command, "orders", NpgsqlDbType.Array | NpgsqlDbType.Uuid, batch.Claims.Select(claim => claim.OrderId).ToArray());
        Add(command, "destinations", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Claims.Select(claim => claim.Destination).ToArray());
        Add(command, "tracks", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Claims.Select(claim => claim.TrackId).ToArray());
        Add(command, "customers", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Claims.Select(claim => claim.CustomerKey).ToArray());
        Add(command, "consent_seen", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, batch.Claims.Select(claim => claim.ConsentSeenAt?.UtcDateTime).ToArray());
        Add(command, "status_seen", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, batch.Claims.Select(claim => claim.StatusSeenAt?.UtcDateTime).ToArray());
        Add(command, "asked", NpgsqlDbType.Array | NpgsqlDbType.Integer, batch.Claims.Select(claim => claim.AskedAfterAttempts).ToArray());
        Add(command, "cards", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Claims.Select(claim => claim.CardKey).ToArray());
        Add(command, "again", NpgsqlDbType.Array | NpgsqlDbType.Uuid, batch.Claims.Where(claim => claim.TryRefusedAgain).Select(claim => claim.OrderId).ToArray());
        Add(command, "by", NpgsqlDbType.Uuid, batch.By);
        Add(command, "now", NpgsqlDbType.TimestampTz, batch.Now.UtcDateTime);
        Add(command, "until", NpgsqlDbType.TimestampTz, batch.Until.UtcDateTime);
        var rows = await Read(command, cancellationToken);
        return [.. batch.Claims.Select(claim => rows.TryGetValue((claim.OrderId, claim.Destination), out var row) ? ClaimResult.Of(row.Changed, row.Entry) : new ClaimResult(false, null))];
    }

    public async Task<IReadOnlyList<LedgerEntry>> Record(OutcomeBatch batch, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand(RecordSql);
        Add(command, "orders", NpgsqlDbType.Array | NpgsqlDbType.Uuid, batch.Outcomes.Select(outcome => outcome.OrderId).ToArray());
        Add(command, "destinations", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Outcomes.Select(outcome => outcome.Destination).ToArray());
        Add(command, "tracks", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Outcomes.Select(outcome => outcome.TrackId).ToArray());
        Add(command, "states", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Outcomes.Select(outcome => LedgerText.Kept(outcome.State)).ToArray());
        Add(command, "statuses", NpgsqlDbType.Array | NpgsqlDbType.Integer, batch.Outcomes.Select(outcome => outcome.StatusCode).ToArray());
        Add(command, "answers", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Outcomes.Select(outcome => outcome.Answer).ToArray());
        Add(command, "reasons", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Outcomes.Select(outcome => outcome.SuppressedBecause is { } reason ? LedgerText.Of(reason) : null).ToArray());
        Add(command, "arrived", NpgsqlDbType.Array | NpgsqlDbType.Boolean, batch.Outcomes.Select(outcome => outcome.MayHaveArrived).ToArray());
        Add(command, "customers", NpgsqlDbType.Array | NpgsqlDbType.Text, batch.Outcomes.Select(outcome => outcome.CustomerKey).ToArray());
        Add(command, "by", NpgsqlDbType.Uuid, batch.By);
        Add(command, "now", NpgsqlDbType.TimestampTz, batch.Now.UtcDateTime);
        var rows = await Read(command, cancellationToken);
        return [.. batch.Outcomes.Select(outcome => rows.TryGetValue((outcome.OrderId, outcome.Destination), out var row) ? row.Entry
            // Another process made the row between this statement's snapshot and its write: asking again sees it.
            : throw new TimeoutException("a row of the ledger was made at the same moment; asked again"))];
    }

    public async Task<IReadOnlyList<LedgerEntry>> OfOrder(Guid orderId, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand($"SELECT false, {Columns} FROM deliveries WHERE order_id = @order ORDER BY destination");
        Add(command, "order", NpgsqlDbType.Uuid, orderId);
        return [.. (await Read(command, cancellationToken)).Values.Select(row => row.Entry)];
    }

    public async Task<IReadOnlyList<LedgerEntry>> List(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.Postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AllowReadingFromEndToEnd(connection, transaction, cancellationToken);
        await using var command = new NpgsqlCommand(LedgerListing.Sql(filter, $"SELECT false, {Columns} FROM deliveries"), connection, transaction);
        Add(command, "now", NpgsqlDbType.TimestampTz, now.UtcDateTime);
        Add(command, "limit", NpgsqlDbType.Integer, filter.Limit);
        if (filter.State is { } state)
            Add(command, "state", NpgsqlDbType.Text, LedgerText.Kept(state));
        if (filter.Destination is { } destination)
            Add(command, "destination", NpgsqlDbType.Text, destination);
        if (filter.After is var (afterOrder, afterDestination))
        {
            Add(command, "after_order", NpgsqlDbType.Uuid, afterOrder);
            Add(command, "after_destination", NpgsqlDbType.Text, afterDestination);
        }
        return [.. (await Read(command, cancellationToken)).Values.Select(row => row.Entry)];
    }

    public async Task<IReadOnlyList<StateCount>> Summarize(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.Postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AllowReadingFromEndToEnd(connection, transaction, cancellationToken);
        await using var command = new NpgsqlCommand(
            $"SELECT destination, {LedgerListing.StateSql} AS present, count(*), coalesce(sum(uncertain), 0)::bigint FROM deliveries GROUP BY 1, 2 ORDER BY 1, 2", connection, transaction);
        Add(command, "now", NpgsqlDbType.TimestampTz, now.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<StateCount>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(new(reader.GetString(0), LedgerText.State(reader.GetString(1), mayHaveArrived: false), reader.GetInt64(2), reader.GetInt64(3)));
        return counts;
    }

    // Where many rows are wanted, or few of many looked for, reading the table from end to end beats an index over random ids, which the connection prefers otherwise.
    private static async Task AllowReadingFromEndToEnd(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var plan = new NpgsqlCommand("SET LOCAL enable_seqscan = on", connection, transaction);
        await plan.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlCommand command, string name, NpgsqlDbType type, object value) => command.Parameters.Add(new(name, type) { Value = value });

    private static async Task<Dictionary<(Guid, string), (bool Changed, LedgerEntry Entry)>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
        var rows = new Dictionary<(Guid, string), (bool, LedgerEntry)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var entry = new LedgerEntry
            {
                OrderId = reader.GetGuid(1),
                Destination = reader.GetString(2),
                State = LedgerText.State(reader.GetString(3), reader.GetBoolean(7)),
                IsOfLaterVersion = LedgerText.FindState(reader.GetString(3)) is null,
                Attempts = reader.GetInt32(4),
                Uncertain = reader.GetInt32(5),
                RepeatsUnknown = reader.GetBoolean(6),
                MayHaveArrived = reader.GetBoolean(7),
                TrackId = reader.GetString(8),
                StatusCode = reader.IsDBNull(9) ? null : reader.GetInt32(9),
                Answer = reader.IsDBNull(10) ? null : reader.GetString(10),
                ClaimedBy = reader.IsDBNull(11) ? null : reader.GetGuid(11),
                ClaimedAt = reader.IsDBNull(12) ? null : new DateTimeOffset(reader.GetDateTime(12)),
                FirstAt = new DateTimeOffset(reader.GetDateTime(13)),
                UpdatedAt = new DateTimeOffset(reader.GetDateTime(14)),
                SuppressedBecause = reader.IsDBNull(15) ? null : LedgerText.Reason(reader.GetString(15)),
                CustomerKey = reader.IsDBNull(16) ? null : reader.GetString(16),
                ClaimedUntil = reader.IsDBNull(17) ? null : new DateTimeOffset(reader.GetDateTime(17)),
                SentAt = reader.IsDBNull(18) ? null : new DateTimeOffset(reader.GetDateTime(18)),
            };
            rows[(entry.OrderId, entry.Destination)] = (reader.GetBoolean(0), entry);
        }
        return rows;
    }
}
