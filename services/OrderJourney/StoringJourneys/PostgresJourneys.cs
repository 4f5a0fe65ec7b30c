using System.Data.Common;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Npgsql;
using NpgsqlTypes;
using OrderJourney.Journey;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.StoringJourneys;

/// <summary>Journeys in PostgreSQL: one statement per batch, arrays in, rows out.</summary>
internal sealed class PostgresJourneys(ServiceDatabase database) : IJourneyTable
{
    // The row that changes with every event, and beside it the row that is written once.
    private const string Changing =
        "order_id, version, state, has_order, received_at, customer, resolution_failure, destinations, deadline_over, attempts, next_check_at, started_at, state_since, updated_at, " +
        "customer_asked_at, failure_asked_at, card_key, card_looks_shared, statement, card_moved_at, suppressed_because, tracked_for";

    private const string Lasting = "source, store_id, register_id, receipt_number, order_number, business_date, kind, occurred_at, currency, gross";

    internal static readonly string Selected = $"SELECT {Prefixed("j", Changing)}, {Prefixed("o", Lasting)} FROM journeys j JOIN journey_orders o ON o.order_id = j.order_id";

    // An upsert whose update applies only to the version that was loaded. The timeline grows by the news, and new orders go in with the rows that
    // were written, and with no others, in the same statement: all or nothing, one round trip.
    private const string SaveSql =
        $"""
        WITH saved AS (
            INSERT INTO journeys AS j ({Changing}, timeline)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
            ON CONFLICT (order_id) DO UPDATE SET
                version = excluded.version, state = excluded.state, has_order = excluded.has_order, received_at = excluded.received_at, customer = excluded.customer,
                resolution_failure = excluded.resolution_failure, destinations = excluded.destinations, deadline_over = excluded.deadline_over,
                attempts = excluded.attempts, next_check_at = excluded.next_check_at, state_since = excluded.state_since, updated_at = excluded.updated_at,
                customer_asked_at = excluded.customer_asked_at, failure_asked_at = excluded.failure_asked_at, card_key = excluded.card_key,
                card_looks_shared = excluded.card_looks_shared, statement = excluded.statement, card_moved_at = excluded.card_moved_at, suppressed_because = excluded.suppressed_because,
                tracked_for = excluded.tracked_for, timeline = j.timeline || excluded.timeline
            WHERE j.version = excluded.version - 1
            RETURNING order_id),
        orders AS (
            INSERT INTO journey_orders AS o (order_id, started_at, {Lasting}, body)
            SELECT n.* FROM unnest($24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36) AS n (order_id)
            WHERE n.order_id IN (SELECT order_id FROM saved)
            ON CONFLICT (order_id) DO UPDATE SET
                source = excluded.source, store_id = excluded.store_id, register_id = excluded.register_id, receipt_number = excluded.receipt_number,
                order_number = excluded.order_number, business_date = excluded.business_date, kind = excluded.kind, occurred_at = excluded.occurred_at,
                currency = excluded.currency, gross = excluded.gross, body = excluded.body
            WHERE o.body IS NULL)
        SELECT order_id FROM saved
        """;

    public async Task<IReadOnlyDictionary<Guid, OrderJourneySaga>> Load(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand($"{Selected} WHERE j.order_id = ANY ($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<Guid, OrderJourneySaga>(ids.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            var journey = Read(reader);
            found.Add(journey.CorrelationId, journey);
        }
        return found;
    }

    public async Task<IReadOnlySet<Guid>> Save(IReadOnlyList<OrderJourneySaga> journeys, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand(SaveSql);
        Add(journeys, NpgsqlDbType.Uuid, j => j.CorrelationId);
        Add(journeys, NpgsqlDbType.Integer, j => j.Version + 1);
        Add(journeys, NpgsqlDbType.Text, j => j.CurrentState);
        Add(journeys, NpgsqlDbType.Boolean, j => j.HasOrder);
        Add(journeys, NpgsqlDbType.TimestampTz, j => j.ReceivedAt?.UtcDateTime);
        Add(journeys, NpgsqlDbType.Text, j => JourneyJson.Of(j.Customer));
        Add(journeys, NpgsqlDbType.Text, j => j.ResolutionFailure?.ToString());
        Add(journeys, NpgsqlDbType.Text, j => JourneyJson.Of(j.Destinations));
        Add(journeys, NpgsqlDbType.Boolean, j => j.DeadlineOver);
        Add(journeys, NpgsqlDbType.Integer, j => j.Attempts);
        Add(journeys, NpgsqlDbType.TimestampTz, j => j.NextCheckAt?.UtcDateTime);
        Add(journeys, NpgsqlDbType.TimestampTz, j => j.StartedAt.UtcDateTime);
        Add(journeys, NpgsqlDbType.TimestampTz, j => j.StateSince.UtcDateTime);
        Add(journeys, NpgsqlDbType.TimestampTz, j => j.UpdatedAt.UtcDateTime);
        Add(journeys, NpgsqlDbType.TimestampTz, j => j.CustomerAskedAt?.UtcDateTime);
        Add(journeys, NpgsqlDbType.TimestampTz, j => j.FailureAskedAt?.UtcDateTime);
        Add(journeys, NpgsqlDbType.Text, j => j.CardKey);
        Add(journeys, NpgsqlDbType.Boolean, j => j.CardLooksShared);
        Add(journeys, NpgsqlDbType.Text, j => JourneyJson.Of(j.Statements));
        Add(journeys, NpgsqlDbType.TimestampTz, j => j.CardMovedAt?.UtcDateTime);
        Add(journeys, NpgsqlDbType.Text, j => j.SuppressedBecause?.ToString());
        Add(journeys, NpgsqlDbType.Text, j => JourneyJson.Of(j.TrackedFor));
        Add(journeys, NpgsqlDbType.Text, j => JourneyJson.Lines(j.News));

        // A journey that began with another event than its order gets its row too, so that it is found by age; the order fills it in later.
        var lasting = journeys.Where(j => j.Version == 0 || j.OrderToStore is not null).ToList();
        Add(lasting, NpgsqlDbType.Uuid, j => j.CorrelationId);
        Add(lasting, NpgsqlDbType.TimestampTz, j => j.StartedAt.UtcDateTime);
        Add(lasting, NpgsqlDbType.Text, j => j.Summary?.Source);
        Add(lasting, NpgsqlDbType.Text, j => j.Summary?.StoreId);
        Add(lasting, NpgsqlDbType.Text, j => j.Summary?.RegisterId);
        Add(lasting, NpgsqlDbType.Text, j => j.Summary?.ReceiptNumber);
        Add(lasting, NpgsqlDbType.Text, j => j.Summary?.OrderNumber);
        Add(lasting, NpgsqlDbType.Date, j => j.Summary?.BusinessDate);
        Add(lasting, NpgsqlDbType.Text, j => j.Summary?.Kind.ToString());
        Add(lasting, NpgsqlDbType.TimestampTz, j => j.Summary?.OccurredAt.UtcDateTime);
        Add(lasting, NpgsqlDbType.Text, j => j.Summary?.Currency);
        Add(lasting, NpgsqlDbType.Numeric, j => j.Summary?.Gross);
        Add(lasting, NpgsqlDbType.Text, j => j.OrderToStore is { } order ? JourneyJson.Of(order) : null);

        void Add<T>(IReadOnlyList<OrderJourneySaga> rows, NpgsqlDbType type, Func<OrderJourneySaga, T> value) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. rows.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });

        return await ReadIds(command, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<Guid, Order>> ReadOrders(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand("SELECT order_id, body FROM journey_orders WHERE order_id = ANY ($1) AND body IS NOT NULL");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var orders = new Dictionary<Guid, Order>();
        while (await reader.ReadAsync(cancellationToken))
            orders.Add(reader.GetGuid(0), JourneyJson.Order(reader.GetString(1)));
        return orders;
    }

    public async Task<IReadOnlyList<JourneyOverdue>> ClaimOverdue(DateTimeOffset now, DateTimeOffset leaseUntil, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand(
            """
            UPDATE journeys SET next_check_at = $2
            WHERE order_id = ANY (ARRAY(SELECT order_id FROM journeys WHERE next_check_at <= $1 ORDER BY next_check_at LIMIT $3 FOR UPDATE SKIP LOCKED))
            RETURNING order_id, attempts
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = leaseUntil.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var overdue = new List<JourneyOverdue>();
        while (await reader.ReadAsync(cancellationToken))
            overdue.Add(new() { OrderId = reader.GetGuid(0), Attempt = reader.GetInt32(1) });
        return overdue;
    }

    public async Task<IReadOnlySet<Guid>> Known(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand("SELECT order_id FROM journeys WHERE order_id = ANY ($1) AND has_order");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        return await ReadIds(command, cancellationToken);
    }

    private static async Task<IReadOnlySet<Guid>> ReadIds(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            ids.Add(reader.GetGuid(0));
        return ids;
    }

    /// <summary>Reads a row of <see cref="Selected"/>.</summary>
    internal static OrderJourneySaga Read(DbDataReader row)
    {
        T? Maybe<T>(int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        return new()
        {
            CorrelationId = row.GetGuid(0),
            Version = row.GetInt32(1),
            CurrentState = row.GetString(2),
            HasOrder = row.GetBoolean(3),
            ReceivedAt = Maybe<DateTimeOffset>(4),
            Customer = JourneyJson.Customer(Text(5)),
            ResolutionFailure = JourneyJson.Reason<CustomerResolutionFailureReason>(Text(6)),
            Destinations = JourneyJson.Destinations(row.GetString(7)),
            DeadlineOver = row.GetBoolean(8),
            Attempts = row.GetInt32(9),
            NextCheckAt = Maybe<DateTimeOffset>(10),
            StartedAt = row.GetFieldValue<DateTimeOffset>(11),
            StateSince = row.GetFieldValue<DateTimeOffset>(12),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(13),
            CustomerAskedAt = Maybe<DateTimeOffset>(14),
            FailureAskedAt = Maybe<DateTimeOffset>(15),
            CardKey = Text(16),
            CardLooksShared = row.GetBoolean(17),
            Statements = JourneyJson.Statements(Text(18)),
            CardMovedAt = Maybe<DateTimeOffset>(19),
            SuppressedBecause = JourneyJson.Reason<SuppressionReason>(Text(20)),
            TrackedFor = JourneyJson.Keys(Text(21)),
            Summary = row.IsDBNull(22)
                ? null
                : new(row.GetString(22), row.GetString(23), Text(24), Text(25), Text(26), row.GetFieldValue<DateOnly>(27), Enum.Parse<OrderKind>(row.GetString(28)),
                    row.GetFieldValue<DateTimeOffset>(29), row.GetString(30), row.GetDecimal(31)),
        };
    }

    private static string Prefixed(string table, string columns) => string.Join(", ", columns.Split(", ").Select(column => $"{table}.{column}"));
}
