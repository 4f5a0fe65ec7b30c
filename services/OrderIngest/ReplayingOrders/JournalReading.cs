using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using OrderIngest.ErasingPeople;
using OrderIngest.JournalingOrders;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ReplayingOrders;

/// <summary>
/// Reads the journal for replays, in the order in which it was written. A replay ends where the journal ended when it was counted: what came later reaches subscribers as ever.
/// </summary>
internal sealed class JournalReading([FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database, IngestTables tables, TimeProvider time)
{
    // So many entries are looked at in one statement, however few of them match.
    private const int Window = 20_000;
    private const int MostDays = 500;
    private static readonly TimeSpan LongestCount = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The last entry of the journal. Nothing before it is still to come: whoever writes at this moment is waited for, as numbers are given out before they are committed.
    /// </summary>
    public Task<long> End(CancellationToken cancellationToken) => tables.Write(
        async (connection, transaction) =>
        {
            if (tables.OnPostgres)
                await connection.ExecuteAsync("SET LOCAL lock_timeout = '3s'; LOCK TABLE orders IN SHARE MODE", transaction: transaction);
            return await connection.QuerySingleAsync<long>("SELECT coalesce((SELECT sequence FROM orders ORDER BY sequence DESC LIMIT 1), 0)", transaction: transaction);
        },
        cancellationToken);

    /// <summary>Counts what a filter matches up to an entry. Reads the whole journal where nothing bounds it, and may take minutes then.</summary>
    /// <param name="filter">Which orders.</param>
    /// <param name="until">Last entry.</param>
    /// <param name="perDay">Whether they are also counted by source, store and business date.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DatabaseUnavailableException">It took longer, or the database is away.</exception>
    public async Task<MatchedOrders> Count(ReplayFilter filter, long until, bool perDay, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestCount, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await database.Run(token => CountOnce(filter, until, perDay, token), either.Token);
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested)
        {
            throw new DatabaseUnavailableException("the journal was not counted in time", exception);
        }
    }

    /// <summary>The next orders of a replay, and the entry up to which it is done once the broker has them.</summary>
    public Task<ReplayedOrders> Next(Replay replay, int most, CancellationToken cancellationToken)
    {
        var end = Math.Min(replay.Until, replay.Cursor + Window);
        var values = Values(replay.Filter);
        values.Add("after", replay.Cursor);
        values.Add("until", end);
        values.Add("most", most);
        return tables.Read(
            async connection =>
            {
                var rows = (await connection.QueryAsync<Row>(
                    $"SELECT sequence AS Sequence, body AS Body FROM orders WHERE {Belongs(replay.Filter)} ORDER BY sequence LIMIT @most", values)).ToList();
                return new ReplayedOrders([.. rows.Select(row => row.Body)], rows.Count == most ? rows[^1].Sequence : end);
            },
            cancellationToken);
    }

    /// <summary>Which entries belong to a replay: the one place that says so. Orders of erased people do not.</summary>
    private string Belongs(ReplayFilter filter) => string.Join(" AND ", new[]
    {
        "sequence > @after AND sequence <= @until",
        JournalErasure.NotErased,
        filter.Source is null ? null : "source = @source",
        filter.Stores is null ? null : tables.OnPostgres ? "store_id = ANY (@stores)" : "store_id IN (SELECT value FROM json_each(@stores))",
        filter.From is null ? null : "received_at >= @from",
        filter.To is null ? null : "received_at < @to",
        filter.BusinessDateFrom is null ? null : $"business_date >= {Date("firstDay")}",
        filter.BusinessDateTo is null ? null : $"business_date <= {Date("lastDay")}",
    }.OfType<string>());

    private DynamicParameters Values(ReplayFilter filter) => IngestTables.Named(
        ("source", filter.Source),
        ("stores", filter.Stores is null ? null : tables.OnPostgres ? filter.Stores.ToArray() : JsonSerializer.Serialize(filter.Stores)),
        ("from", filter.From is { } from ? tables.Value(from) : null),
        ("to", filter.To is { } to ? tables.Value(to) : null),
        ("firstDay", filter.BusinessDateFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("lastDay", filter.BusinessDateTo?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private string Date(string parameter) => tables.OnPostgres ? $"CAST(@{parameter} AS date)" : $"@{parameter}";

    private async Task<MatchedOrders> CountOnce(ReplayFilter filter, long until, bool perDay, CancellationToken cancellationToken)
    {
        if (tables.OnPostgres)
        {
            await using var postgres = await database.Postgres.OpenConnectionAsync(cancellationToken);
            await using var transaction = await postgres.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            // The one statement that may have to read most of the table: by an index that would take many times as long.
            await postgres.ExecuteAsync("SET LOCAL enable_seqscan = on; SET LOCAL plan_cache_mode = force_custom_plan", transaction: transaction);
            return await CountOn(postgres, transaction, filter, until, perDay, cancellationToken);
        }
        await using var sqlite = await database.OpenSqlite(cancellationToken);
        return await CountOn(sqlite, null, filter, until, perDay, cancellationToken);
    }

    private async Task<MatchedOrders> CountOn(DbConnection connection, DbTransaction? transaction, ReplayFilter filter, long until, bool perDay, CancellationToken cancellationToken)
    {
        var values = Values(filter);
        values.Add("after", 0L);
        values.Add("until", until);
        values.Add("most", MostDays + 1);
        var totals = await connection.QuerySingleAsync<Totals>(Command(
            $"""
            SELECT count(*) AS Orders, coalesce(min(sequence), 0) AS FirstEntry, coalesce(max(sequence), 0) AS LastEntry, min(received_at) AS FirstAt, max(received_at) AS LastAt,
                (SELECT received_at FROM orders ORDER BY sequence LIMIT 1) AS JournalFrom
            FROM orders WHERE {Belongs(filter)}
            """));
        var days = perDay
            ? (await connection.QueryAsync<Day>(Command(
                $"""
                SELECT source AS Source, store_id AS Store, {(tables.OnPostgres ? "CAST(business_date AS text)" : "business_date")} AS BusinessDate, count(*) AS Orders
                FROM orders WHERE {Belongs(filter)} GROUP BY 1, 2, 3 ORDER BY 3, 1, 2 LIMIT @most
                """))).ToList()
            : [];
        return new(
            totals.Orders, totals.FirstEntry, totals.LastEntry, Instant(totals.FirstAt), Instant(totals.LastAt), Instant(totals.JournalFrom),
            [.. days.Take(MostDays).Select(day => new OrdersOfDay(day.Source, day.Store, DateOnly.ParseExact(day.BusinessDate, "yyyy-MM-dd", CultureInfo.InvariantCulture), day.Orders))],
            days.Count > MostDays);

        CommandDefinition Command(string sql) => new(sql, values, transaction, (int)LongestCount.TotalSeconds, cancellationToken: cancellationToken);
    }

    private static DateTimeOffset? Instant(object? value) => value is null ? null : IngestTables.Instant(value);

    private sealed class Row
    {
        public long Sequence { get; init; }
        public string Body { get; init; } = "";
    }

    private sealed class Totals
    {
        public long Orders { get; init; }
        public long FirstEntry { get; init; }
        public long LastEntry { get; init; }
        public object? FirstAt { get; init; }
        public object? LastAt { get; init; }
        public object? JournalFrom { get; init; }
    }

    private sealed class Day
    {
        public string Source { get; init; } = "";
        public string Store { get; init; } = "";
        public string BusinessDate { get; init; } = "";
        public long Orders { get; init; }
    }
}

/// <summary>The next orders of a replay.</summary>
/// <param name="Bodies">The events as they were published, JSON.</param>
/// <param name="UpTo">The entry up to which the replay is done once the broker has them.</param>
internal sealed record ReplayedOrders(IReadOnlyList<string> Bodies, long UpTo);

/// <summary>What a filter matches.</summary>
/// <param name="Orders">How many orders.</param>
/// <param name="FirstEntry">Number of the first in the journal; 0 without any.</param>
/// <param name="LastEntry">Number of the last.</param>
/// <param name="FirstAt">When the first was accepted, UTC.</param>
/// <param name="LastAt">When the last was accepted, UTC.</param>
/// <param name="JournalFrom">When the oldest order of the journal was accepted, UTC: there are none before, matching or not.</param>
/// <param name="Days">By source, store and business date, the oldest first; the first few hundred.</param>
/// <param name="MoreDays">True when there are more of these.</param>
internal sealed record MatchedOrders(
    long Orders, long FirstEntry, long LastEntry, DateTimeOffset? FirstAt, DateTimeOffset? LastAt, DateTimeOffset? JournalFrom, IReadOnlyList<OrdersOfDay> Days, bool MoreDays);

/// <summary>Orders of one store and day.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Store">Id of the store.</param>
/// <param name="BusinessDate">The day.</param>
/// <param name="Orders">How many.</param>
internal sealed record OrdersOfDay(string Source, string Store, DateOnly BusinessDate, long Orders);
