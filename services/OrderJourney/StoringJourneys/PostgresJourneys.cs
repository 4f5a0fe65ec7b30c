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
    internal const string Columns =
        """
        order_id, version, state, source, store_id, register_id, receipt_number, order_number, business_date, kind, occurred_at, currency, gross,
        has_order, received_at, customer, resolution_failure, destinations, deadline_over, attempts, next_check_at, started_at, state_since, updated_at
        """;

    // An upsert whose update applies only to the version that was loaded. News and new orders go in with the rows that were written, and with no
    // others, in the same statement: all or nothing, one round trip.
    private const string SaveSql =
        $"""
        WITH saved AS (
            INSERT INTO journeys AS j ({Columns})
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
            ON CONFLICT (order_id) DO UPDATE SET
                version = excluded.version, state = excluded.state, source = excluded.source, store_id = excluded.store_id,
                register_id = excluded.register_id, receipt_number = excluded.receipt_number, order_number = excluded.order_number,
                business_date = excluded.business_date, kind = excluded.kind, occurred_at = excluded.occurred_at, currency = excluded.currency,
                gross = excluded.gross, has_order = excluded.has_order, received_at = excluded.received_at, customer = excluded.customer,
                resolution_failure = excluded.resolution_failure, destinations = excluded.destinations, deadline_over = excluded.deadline_over,
                attempts = excluded.attempts, next_check_at = excluded.next_check_at, state_since = excluded.state_since, updated_at = excluded.updated_at
            WHERE j.version = excluded.version - 1
            RETURNING order_id),
        news AS (
            INSERT INTO journey_timeline (order_id, version, part, at, what, detail)
            SELECT n.* FROM unnest($25, $26, $27, $28, $29, $30) AS n (order_id, version, part, at, what, detail)
            WHERE n.order_id IN (SELECT order_id FROM saved)),
        orders AS (
            INSERT INTO journey_orders (order_id, body)
            SELECT o.* FROM unnest($31, $32) AS o (order_id, body)
            WHERE o.order_id IN (SELECT order_id FROM saved)
            ON CONFLICT DO NOTHING)
        SELECT order_id FROM saved
        """;

    public async Task<IReadOnlyDictionary<Guid, OrderJourneySaga>> Load(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand($"SELECT {Columns} FROM journeys WHERE order_id = ANY ($1)");
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
        void Add<T>(NpgsqlDbType type, Func<OrderJourneySaga, T> value) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. journeys.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });

        Add(NpgsqlDbType.Uuid, j => j.CorrelationId);
        Add(NpgsqlDbType.Integer, j => j.Version + 1);
        Add(NpgsqlDbType.Text, j => j.CurrentState);
        Add(NpgsqlDbType.Text, j => j.Summary?.Source);
        Add(NpgsqlDbType.Text, j => j.Summary?.StoreId);
        Add(NpgsqlDbType.Text, j => j.Summary?.RegisterId);
        Add(NpgsqlDbType.Text, j => j.Summary?.ReceiptNumber);
        Add(NpgsqlDbType.Text, j => j.Summary?.OrderNumber);
        Add(NpgsqlDbType.Date, j => j.Summary?.BusinessDate);
        Add(NpgsqlDbType.Text, j => j.Summary?.Kind.ToString());
        Add(NpgsqlDbType.TimestampTz, j => j.Summary?.OccurredAt.UtcDateTime);
        Add(NpgsqlDbType.Text, j => j.Summary?.Currency);
        Add(NpgsqlDbType.Numeric, j => j.Summary?.Gross);
        Add(NpgsqlDbType.Boolean, j => j.HasOrder);
        Add(NpgsqlDbType.TimestampTz, j => j.ReceivedAt?.UtcDateTime);
        Add(NpgsqlDbType.Text, j => JourneyJson.Of(j.Customer));
        Add(NpgsqlDbType.Text, j => j.ResolutionFailure?.ToString());
        Add(NpgsqlDbType.Text, j => JourneyJson.Of(j.Destinations));
        Add(NpgsqlDbType.Boolean, j => j.DeadlineOver);
        Add(NpgsqlDbType.Integer, j => j.Attempts);
        Add(NpgsqlDbType.TimestampTz, j => j.NextCheckAt?.UtcDateTime);
        Add(NpgsqlDbType.TimestampTz, j => j.StartedAt.UtcDateTime);
        Add(NpgsqlDbType.TimestampTz, j => j.StateSince.UtcDateTime);
        Add(NpgsqlDbType.TimestampTz, j => j.UpdatedAt.UtcDateTime);

        var news = journeys.SelectMany(j => j.News.Select((entry, part) => (j.CorrelationId, Version: j.Version + 1, Part: part, Entry: entry))).ToList();
        Array(NpgsqlDbType.Uuid, news, n => n.CorrelationId);
        Array(NpgsqlDbType.Integer, news, n => n.Version);
        Array(NpgsqlDbType.Integer, news, n => n.Part);
        Array(NpgsqlDbType.TimestampTz, news, n => n.Entry.At.UtcDateTime);
        Array(NpgsqlDbType.Text, news, n => n.Entry.What);
        Array(NpgsqlDbType.Text, news, n => n.Entry.Detail);
        var orders = journeys.Where(j => j.OrderToStore is not null).ToList();
        Array(NpgsqlDbType.Uuid, orders, j => j.CorrelationId);
        Array(NpgsqlDbType.Text, orders, j => JourneyJson.Of(j.OrderToStore!));

        void Array<TItem, T>(NpgsqlDbType type, List<TItem> items, Func<TItem, T> value) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. items.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });

        return await ReadIds(command, cancellationToken);
    }

    public async Task<Order?> ReadOrder(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand("SELECT body FROM journey_orders WHERE order_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return await command.ExecuteScalarAsync(cancellationToken) is string body ? JourneyJson.Order(body) : null;
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

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    internal static OrderJourneySaga Read(DbDataReader row)
    {
        T? Maybe<T>(int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        return new()
        {
            CorrelationId = row.GetGuid(0),
            Version = row.GetInt32(1),
            CurrentState = row.GetString(2),
            Summary = row.IsDBNull(3)
                ? null
                : new(row.GetString(3), row.GetString(4), Text(5), Text(6), Text(7), row.GetFieldValue<DateOnly>(8), Enum.Parse<OrderKind>(row.GetString(9)),
                    row.GetFieldValue<DateTimeOffset>(10), row.GetString(11), row.GetDecimal(12)),
            HasOrder = row.GetBoolean(13),
            ReceivedAt = Maybe<DateTimeOffset>(14),
            Customer = JourneyJson.Customer(Text(15)),
            ResolutionFailure = Text(16) is { } reason ? Enum.Parse<CustomerResolutionFailureReason>(reason) : null,
            Destinations = JourneyJson.Destinations(row.GetString(17)),
            DeadlineOver = row.GetBoolean(18),
            Attempts = row.GetInt32(19),
            NextCheckAt = Maybe<DateTimeOffset>(20),
            StartedAt = row.GetFieldValue<DateTimeOffset>(21),
            StateSince = row.GetFieldValue<DateTimeOffset>(22),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(23),
        };
    }
}
