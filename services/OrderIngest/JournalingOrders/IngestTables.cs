using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.JournalingOrders;

/// <summary>Statements about rejected input and replays are the same on both databases; the few words that differ are here.</summary>
internal sealed class IngestTables([FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database)
{
    public bool OnPostgres => database.Kind == DatabaseKind.PostgreSql;

    /// <summary>Behind a select: rows that somebody else repairs at this moment are left out, the others are kept for the caller.</summary>
    public string ForRepair => OnPostgres ? " FOR UPDATE SKIP LOCKED" : "";

    /// <summary>Reads, patiently: for a request.</summary>
    /// <exception cref="DatabaseUnavailableException">The database stayed away.</exception>
    public Task<T> Read<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) => database.RunPatiently(
        async token =>
        {
            await using var connection = await database.Open(token);
            return await work(connection);
        },
        cancellationToken);

    /// <summary>Writes in a transaction, patiently: for a request. May be repeated when the connection is lost.</summary>
    /// <exception cref="DatabaseUnavailableException">The database stayed away.</exception>
    public Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken) => database.RunPatiently(
        token => database.InTransaction(work, token), cancellationToken);

    /// <summary>That a column is one of the values of a parameter made by <see cref="Values(IEnumerable{long})"/>.</summary>
    public string Among(string column, string parameter) => OnPostgres ? $"{column} = ANY (@{parameter})" : $"{column} IN (SELECT value FROM json_each(@{parameter}))";

    public object Values(IEnumerable<long> ids) => OnPostgres ? ids.ToArray() : JsonSerializer.Serialize(ids);

    public object Values(IEnumerable<Guid> ids) => OnPostgres ? ids.ToArray() : JsonSerializer.Serialize(ids.Select(SqliteJournal.Text));

    /// <summary>Rows of a parameter that holds a JSON list of objects, as a table named <c>given</c>.</summary>
    /// <param name="parameter">Name of the parameter.</param>
    /// <param name="columns">Names and PostgreSQL's types.</param>
    public string Given(string parameter, params ReadOnlySpan<(string Name, string Type)> columns)
    {
        var list = new List<string>();
        foreach (var (name, type) in columns)
            list.Add(OnPostgres ? $"{name} {type}" : $"value ->> '{name}' AS {name}");
        var names = string.Join(", ", list);
        return OnPostgres ? $"jsonb_to_recordset(CAST(@{parameter} AS jsonb)) AS given ({names})" : $"(SELECT {names} FROM json_each(@{parameter})) AS given";
    }

    /// <summary>Named values; a list must come in this way, as an array.</summary>
    public static DynamicParameters Named(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var parameters = new DynamicParameters();
        foreach (var (name, value) in values)
            parameters.Add(name, value);
        return parameters;
    }

    public object Value(DateTimeOffset instant) => OnPostgres ? instant.ToUniversalTime() : SqliteJournal.Text(instant);

    public static DateTimeOffset Instant(object value) => value switch
    {
        DateTime time => new DateTimeOffset(time, TimeSpan.Zero),
        _ => DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
    };

    public static Guid Id(object value) => value is Guid id ? id : Guid.Parse((string)value);
}
