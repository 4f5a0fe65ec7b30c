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

        // Both hold the moment the journey began. Which of them is sorted by decides which index is read: what is not tracked, and what has moved, is in the second's.
        var begun = filter.State is null or JourneyState.Tracked && !filter.CardMoved ? "o" : "j";
        if (filter.State is { } state)
            // Spelled out, one of a fixed list: with a parameter PostgreSQL could not tell that the partial index holds all of them.
            conditions.Add($"j.state = '{JourneyState.All.Single(known => known == state)}'");
        if (filter.Store is { } store)
            conditions.Add($"o.store_id = {Next(store)}");
        if (filter.CardMoved)
            conditions.Add("j.card_moved_at IS NOT NULL");
        if (filter.From is { } from)
            conditions.Add($"o.business_date >= {Next(from)}");
        if (filter.To is { } to)
            conditions.Add($"o.business_date <= {Next(to)}");
        if (filter.Text is { } text)
        {
            if (Guid.TryParse(text, out var id))
                conditions.Add($"j.order_id = {Next(id)}");
            else
            {
                var value = Next(text);
                conditions.Add($"(o.receipt_number = {value} OR o.order_number = {value})");
            }
        }
        if (filter.After is { } after)
            conditions.Add($"({begun}.started_at, {begun}.order_id) < ({Next(after.StartedAt.UtcDateTime)}, {Next(after.OrderId)})");

        command.CommandText =
            $"{PostgresJourneys.Selected} WHERE {string.Join(" AND ", conditions)} ORDER BY {begun}.started_at DESC, {begun}.order_id DESC LIMIT {Next(filter.Limit)}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<OrderJourneySaga>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(PostgresJourneys.Read(reader));
        return found;
    }

    public async Task<IReadOnlyList<TimelineEntry>> Timeline(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.Postgres.CreateCommand("SELECT timeline FROM journeys WHERE order_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return await command.ExecuteScalarAsync(cancellationToken) is string lines ? JourneyJson.Timeline(lines) : [];
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

    public async Task<IReadOnlyDictionary<string, OpenCount>> CountOpen(CancellationToken cancellationToken)
    {
        // Spelled out, so that the partial index serves it.
        await using var command = database.Postgres.CreateCommand(
            $"SELECT state, count(*), min(started_at) FROM journeys WHERE state IN ('{string.Join("', '", JourneyState.Open)}') GROUP BY state");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new Dictionary<string, OpenCount>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(reader.GetString(0), new(reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return counts;
    }

    public async Task<IReadOnlyList<long>> CountAwaitingCustomer(IReadOnlyList<DateTimeOffset> begunAfter, CancellationToken cancellationToken)
    {
        var younger = begunAfter.Select((_, i) => $"count(*) FILTER (WHERE started_at > ${i + 1})");
        await using var command = database.Postgres.CreateCommand(
            $"SELECT {string.Join(", ", younger)}, count(*) FROM journeys WHERE state = '{JourneyState.AwaitingCustomer}'");
        foreach (var moment in begunAfter)
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = moment.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return [.. Enumerable.Range(0, begunAfter.Count + 1).Select(reader.GetInt64)];
    }
}
