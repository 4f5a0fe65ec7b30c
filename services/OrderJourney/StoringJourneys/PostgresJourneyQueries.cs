using Npgsql;
using OrderJourney.Journey;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.StoringJourneys;

/// <summary>Questions to PostgreSQL; each list has an index of its own.</summary>
internal sealed class PostgresJourneyQueries(ServiceDatabase database) : IJourneyQueries
{
    public async Task<IReadOnlyList<OrderJourneySaga>> Find(JourneyFilter filter, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand();
        var conditions = new List<string> { "true" };
        string Next(object value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            return $"${command.Parameters.Count}";
        }

        if (filter.State is { } state)
            conditions.Add($"state = {Next(state)}");
        if (filter.Store is { } store)
            conditions.Add($"store_id = {Next(store)}");
        if (filter.From is { } from)
            conditions.Add($"business_date >= {Next(from)}");
        if (filter.To is { } to)
            conditions.Add($"business_date <= {Next(to)}");
        if (filter.Text is { } text)
        {
            if (Guid.TryParse(text, out var id))
                conditions.Add($"order_id = {Next(id)}");
            else
            {
                var value = Next(text);
                conditions.Add($"(receipt_number = {value} OR order_number = {value})");
            }
        }
        if (filter.After is { } after)
            conditions.Add($"(started_at, order_id) < ({Next(after.StartedAt.UtcDateTime)}, {Next(after.OrderId)})");

        command.CommandText =
            $"SELECT {PostgresJourneys.Columns} FROM journeys WHERE {string.Join(" AND ", conditions)} ORDER BY started_at DESC, order_id DESC LIMIT {Next(filter.Limit)}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<OrderJourneySaga>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(PostgresJourneys.Read(reader));
        return found;
    }

    public async Task<IReadOnlyList<TimelineEntry>> Timeline(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand("SELECT at, what, detail FROM journey_timeline WHERE order_id = $1 ORDER BY at, version, part");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<TimelineEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return entries;
    }

    public async Task<IReadOnlyDictionary<string, long>> CountByState(CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand("SELECT state, count(*) FROM journeys GROUP BY state");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        return counts;
    }
}
