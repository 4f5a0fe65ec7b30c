using System.Globalization;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Microsoft.Data.Sqlite;
using OrderJourney.Journey;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.StoringJourneys;

/// <summary>Journeys in SQLite: ids as text, times as ISO 8601 UTC text of one length, so that they compare as they sort.</summary>
internal sealed class SqliteJourneys(ServiceDatabase database) : IJourneyTable
{
    internal const string Columns =
        """
        order_id, version, state, source, store_id, register_id, receipt_number, order_number, business_date, kind, occurred_at, currency, gross,
        has_order, received_at, customer, resolution_failure, destinations, deadline_over, attempts, next_check_at, started_at, state_since, updated_at,
        customer_asked_at, failure_asked_at, card_key, card_looks_shared, statement, card_moved_at, suppressed_because, tracked_for
        """;

    private static readonly string[] ColumnNames = Columns.Split(',', StringSplitOptions.TrimEntries);

    private static readonly string SaveSql =
        $"""
        INSERT INTO journeys ({Columns}) VALUES ({string.Join(", ", ColumnNames.Select(name => $"@{name}"))})
        ON CONFLICT (order_id) DO UPDATE SET {string.Join(", ", ColumnNames.Skip(1).Where(name => name != "started_at").Select(name => $"{name} = excluded.{name}"))}
        WHERE journeys.version = excluded.version - 1
        """;

    public async Task<IReadOnlyDictionary<Guid, OrderJourneySaga>> Load(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var command = Command(connection, null, $"SELECT {Columns} FROM journeys WHERE order_id IN ({List(ids)})");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<Guid, OrderJourneySaga>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var journey = Read(reader);
            found.Add(journey.CorrelationId, journey);
        }
        return found;
    }

    public Task<IReadOnlySet<Guid>> Save(IReadOnlyList<OrderJourneySaga> journeys, CancellationToken cancellationToken) =>
        database.WriteSqlite<IReadOnlySet<Guid>>(async (connection, transaction) =>
        {
            var saved = new HashSet<Guid>();
            foreach (var journey in journeys)
            {
                await using var save = Command(connection, transaction, SaveSql);
                Bind(save, journey);
                if (await save.ExecuteNonQueryAsync(cancellationToken) == 0)
                    continue;
                saved.Add(journey.CorrelationId);
                await SaveNews(connection, transaction, journey, cancellationToken);
            }
            return saved;
        }, cancellationToken);

    public async Task<IReadOnlyDictionary<Guid, Order>> ReadOrders(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var command = Command(connection, null, $"SELECT order_id, body FROM journey_orders WHERE order_id IN ({List(ids)})");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var orders = new Dictionary<Guid, Order>();
        while (await reader.ReadAsync(cancellationToken))
            orders.Add(Guid.Parse(reader.GetString(0)), JourneyJson.Order(reader.GetString(1)));
        return orders;
    }

    public Task<IReadOnlyList<JourneyOverdue>> ClaimOverdue(DateTimeOffset now, DateTimeOffset leaseUntil, int limit, CancellationToken cancellationToken) =>
        database.WriteSqlite<IReadOnlyList<JourneyOverdue>>(async (connection, transaction) =>
        {
            await using var command = Command(connection, transaction,
                """
                UPDATE journeys SET next_check_at = @until
                WHERE order_id IN (SELECT order_id FROM journeys WHERE next_check_at <= @now ORDER BY next_check_at LIMIT @limit)
                RETURNING order_id, attempts
                """, ("@now", Text(now)), ("@until", Text(leaseUntil)), ("@limit", limit));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var overdue = new List<JourneyOverdue>();
            while (await reader.ReadAsync(cancellationToken))
                overdue.Add(new() { OrderId = Guid.Parse(reader.GetString(0)), Attempt = reader.GetInt32(1) });
            return overdue;
        }, cancellationToken);

    public async Task<IReadOnlySet<Guid>> Known(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var command = Command(connection, null, $"SELECT order_id FROM journeys WHERE has_order = 1 AND order_id IN ({List(ids)})");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var known = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            known.Add(Guid.Parse(reader.GetString(0)));
        return known;
    }

    internal static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string sql, params (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    internal static string Text(Guid id) => id.ToString("D");

    internal static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    internal static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    internal static OrderJourneySaga Read(SqliteDataReader row)
    {
        string? Maybe(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new()
        {
            CorrelationId = Guid.Parse(row.GetString(0)),
            Version = row.GetInt32(1),
            CurrentState = row.GetString(2),
            Summary = row.IsDBNull(3)
                ? null
                : new(row.GetString(3), row.GetString(4), Maybe(5), Maybe(6), Maybe(7), DateOnly.ParseExact(row.GetString(8), "O", CultureInfo.InvariantCulture),
                    Enum.Parse<OrderKind>(row.GetString(9)), Time(row.GetString(10)), row.GetString(11), decimal.Parse(row.GetString(12), CultureInfo.InvariantCulture)),
            HasOrder = row.GetBoolean(13),
            ReceivedAt = Maybe(14) is { } received ? Time(received) : null,
            Customer = JourneyJson.Customer(Maybe(15)),
            ResolutionFailure = JourneyJson.Reason<CustomerResolutionFailureReason>(Maybe(16)),
            Destinations = JourneyJson.Destinations(row.GetString(17)),
            DeadlineOver = row.GetBoolean(18),
            Attempts = row.GetInt32(19),
            NextCheckAt = Maybe(20) is { } next ? Time(next) : null,
            StartedAt = Time(row.GetString(21)),
            StateSince = Time(row.GetString(22)),
            UpdatedAt = Time(row.GetString(23)),
            CustomerAskedAt = Maybe(24) is { } customerAsked ? Time(customerAsked) : null,
            FailureAskedAt = Maybe(25) is { } failureAsked ? Time(failureAsked) : null,
            CardKey = Maybe(26),
            CardLooksShared = row.GetBoolean(27),
            Statements = JourneyJson.Statements(Maybe(28)),
            CardMovedAt = Maybe(29) is { } moved ? Time(moved) : null,
            SuppressedBecause = JourneyJson.Reason<SuppressionReason>(Maybe(30)),
            TrackedFor = JourneyJson.Keys(Maybe(31)),
        };
    }

    // Only guids are ever put into the text: nothing a caller could have written.
    private static string List(IEnumerable<Guid> ids) => string.Join(',', ids.Select(id => $"'{Text(id)}'"));

    private static void Bind(SqliteCommand command, OrderJourneySaga journey)
    {
        var summary = journey.Summary;
        object?[] values =
        [
            Text(journey.CorrelationId), journey.Version + 1, journey.CurrentState, summary?.Source, summary?.StoreId, summary?.RegisterId,
            summary?.ReceiptNumber, summary?.OrderNumber, summary?.BusinessDate.ToString("O", CultureInfo.InvariantCulture), summary?.Kind.ToString(),
            summary is null ? null : Text(summary.OccurredAt), summary?.Currency, summary?.Gross.ToString(CultureInfo.InvariantCulture),
            journey.HasOrder, journey.ReceivedAt is { } received ? Text(received) : null, JourneyJson.Of(journey.Customer),
            journey.ResolutionFailure?.ToString(), JourneyJson.Of(journey.Destinations), journey.DeadlineOver, journey.Attempts,
            journey.NextCheckAt is { } next ? Text(next) : null, Text(journey.StartedAt), Text(journey.StateSince), Text(journey.UpdatedAt),
            journey.CustomerAskedAt is { } customerAsked ? Text(customerAsked) : null, journey.FailureAskedAt is { } failureAsked ? Text(failureAsked) : null,
            journey.CardKey, journey.CardLooksShared, JourneyJson.Of(journey.Statements), journey.CardMovedAt is { } moved ? Text(moved) : null,
            journey.SuppressedBecause?.ToString(), JourneyJson.Of(journey.TrackedFor),
        ];
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"@{ColumnNames[i]}", values[i] ?? DBNull.Value);
    }

    private static async Task SaveNews(SqliteConnection connection, SqliteTransaction transaction, OrderJourneySaga journey, CancellationToken cancellationToken)
    {
        for (var part = 0; part < journey.News.Count; part++)
        {
            var entry = journey.News[part];
            await using var news = Command(connection, transaction, "INSERT INTO journey_timeline VALUES (@id, @version, @part, @at, @what, @detail)",
                ("@id", Text(journey.CorrelationId)), ("@version", journey.Version + 1), ("@part", part), ("@at", Text(entry.At)), ("@what", entry.What),
                ("@detail", (object?)entry.Detail ?? DBNull.Value));
            await news.ExecuteNonQueryAsync(cancellationToken);
        }
        if (journey.OrderToStore is { } order)
        {
            await using var store = Command(connection, transaction, "INSERT OR IGNORE INTO journey_orders VALUES (@id, @body)",
                ("@id", Text(journey.CorrelationId)), ("@body", JourneyJson.Of(order)));
            await store.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
