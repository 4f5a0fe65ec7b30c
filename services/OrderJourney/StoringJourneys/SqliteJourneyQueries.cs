using System.Globalization;
using OrderJourney.Journey;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.StoringJourneys;

/// <summary>Questions to SQLite.</summary>
internal sealed class SqliteJourneyQueries(ServiceDatabase database) : IJourneyQueries
{
    public async Task<IReadOnlyList<OrderJourneySaga>> Find(JourneyFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var command = SqliteJourneys.Command(connection, null, "");
        var conditions = new List<string> { "1 = 1" };
        void Where(string condition, string name, object value)
        {
            conditions.Add(condition);
            command.Parameters.AddWithValue(name, value);
        }

        if (filter.State is { } state)
            Where("state = @state", "@state", state);
        if (filter.Store is { } store)
            Where("store_id = @store", "@store", store);
        if (filter.CardMoved)
            conditions.Add("card_moved_at IS NOT NULL");
        if (filter.From is { } from)
            Where("business_date >= @from", "@from", from.ToString("O", CultureInfo.InvariantCulture));
        if (filter.To is { } to)
            Where("business_date <= @to", "@to", to.ToString("O", CultureInfo.InvariantCulture));
        if (filter.Text is { } text)
        {
            if (Guid.TryParse(text, out var id))
                Where("order_id = @id", "@id", SqliteJourneys.Text(id));
            else
                Where("(receipt_number = @text OR order_number = @text)", "@text", text);
        }
        if (filter.After is { } after)
        {
            Where("(started_at, order_id) < (@afterTime, @afterId)", "@afterTime", SqliteJourneys.Text(after.StartedAt));
            command.Parameters.AddWithValue("@afterId", SqliteJourneys.Text(after.OrderId));
        }
        command.CommandText =
            $"SELECT {SqliteJourneys.Columns} FROM journeys WHERE {string.Join(" AND ", conditions)} ORDER BY started_at DESC, order_id DESC LIMIT @limit";
        command.Parameters.AddWithValue("@limit", filter.Limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<OrderJourneySaga>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(SqliteJourneys.Read(reader));
        return found;
    }

    public async Task<IReadOnlyList<TimelineEntry>> Timeline(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var command = SqliteJourneys.Command(connection, null,
            "SELECT at, what, detail FROM journey_timeline WHERE order_id = @id ORDER BY at, version, part", ("@id", SqliteJourneys.Text(id)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<TimelineEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(new(SqliteJourneys.Time(reader.GetString(0)), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return entries;
    }

    public async Task<IReadOnlyDictionary<string, long>> CountByState(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var command = SqliteJourneys.Command(connection, null, "SELECT state, count(*) FROM journeys GROUP BY state");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        return counts;
    }

    public async Task<IReadOnlyDictionary<string, OpenCount>> CountOpen(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        await using var command = SqliteJourneys.Command(connection, null,
            $"SELECT state, count(*), min(started_at) FROM journeys WHERE state IN ('{string.Join("', '", JourneyState.Open)}') GROUP BY state");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new Dictionary<string, OpenCount>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(reader.GetString(0), new(reader.GetInt64(1), SqliteJourneys.Time(reader.GetString(2))));
        return counts;
    }

    public async Task<IReadOnlyList<long>> CountAwaitingCustomer(IReadOnlyList<DateTimeOffset> begunAfter, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSqlite(cancellationToken);
        var younger = begunAfter.Select((_, i) => $"count(*) FILTER (WHERE started_at > @begun{i})");
        await using var command = SqliteJourneys.Command(connection, null,
            $"SELECT {string.Join(", ", younger)}, count(*) FROM journeys WHERE state = '{JourneyState.AwaitingCustomer}'",
            [.. begunAfter.Select((moment, i) => ($"@begun{i}", (object)SqliteJourneys.Text(moment)))]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return [.. Enumerable.Range(0, begunAfter.Count + 1).Select(reader.GetInt64)];
    }
}
