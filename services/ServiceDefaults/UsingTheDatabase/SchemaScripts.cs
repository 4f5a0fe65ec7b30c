using System.Reflection;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ServiceDefaults.UsingTheDatabase;

/// <summary>
/// A service's schema: embedded scripts <c>Schema/PostgreSql/0001-name.sql</c> and <c>Schema/Sqlite/0001-name.sql</c>, each applied once, in
/// order of their names, all in one transaction under a lock, so that instances may start together.
/// </summary>
internal sealed class SchemaScripts(Assembly assembly)
{
    /// <summary>Names of all scripts that this version knows, in their order.</summary>
    public IReadOnlyList<string> Names(DatabaseKind kind) => [.. Scripts(kind).Select(script => script.Name)];

    /// <summary>Applies what is missing, and says what that was.</summary>
    public Task<IReadOnlyList<string>> Apply(ServiceDatabase database, ILogger log, CancellationToken cancellationToken) =>
        database.Kind == DatabaseKind.PostgreSql ? ApplyToPostgres(database, log, cancellationToken) : ApplyToSqlite(database, log, cancellationToken);

    /// <summary>The scripts that nobody has applied yet; changes nothing.</summary>
    public async Task<IReadOnlyList<string>> Missing(ServiceDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        var any = await connection.ExecuteScalarAsync<long>(database.Kind == DatabaseKind.PostgreSql
            ? "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = @schema AND tablename = 'schema_scripts'"
            : "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_scripts'", new { schema = database.Schema });
        var applied = any == 0 ? [] : (await connection.QueryAsync<string>("SELECT name FROM schema_scripts")).ToHashSet();
        IReadOnlyList<string> missing = [.. Names(database.Kind).Where(name => !applied.Contains(name))];
        // Connections that were opened before the tables were made do not know their types.
        if (missing.Count == 0 && connection is NpgsqlConnection postgres)
            await postgres.ReloadTypesAsync(cancellationToken);
        return missing;
    }

    private async Task<IReadOnlyList<string>> ApplyToPostgres(ServiceDatabase database, ILogger log, CancellationToken cancellationToken)
    {
        await using var connection = await database.Postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext(@lock))", new { @lock = $"schema {database.Schema}" }, transaction);
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA IF NOT EXISTS {database.Schema};
            CREATE TABLE IF NOT EXISTS {database.Schema}.schema_scripts (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
            """, transaction: transaction);
        var applied = (await connection.QueryAsync<string>("SELECT name FROM schema_scripts", transaction: transaction)).ToHashSet();
        var added = new List<string>();
        foreach (var (name, sql) in Scripts(DatabaseKind.PostgreSql).Where(script => !applied.Contains(script.Name)))
        {
            // However long it takes: an index on millions of rows is not made in the 30 s that a statement has otherwise, and would be begun again for ever.
            await using (var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 })
                await command.ExecuteNonQueryAsync(cancellationToken);
            await connection.ExecuteAsync("INSERT INTO schema_scripts (name) VALUES (@name)", new { name }, transaction);
            DatabaseLog.ScriptApplied(log, database.Service, name);
            added.Add(name);
        }
        await transaction.CommitAsync(cancellationToken);
        if (added.Count > 0)
            await connection.ReloadTypesAsync(cancellationToken);
        return added;
    }

    private Task<IReadOnlyList<string>> ApplyToSqlite(ServiceDatabase database, ILogger log, CancellationToken cancellationToken) =>
        database.WriteSqlite<IReadOnlyList<string>>(async (connection, transaction) =>
        {
            await connection.ExecuteAsync(
                "CREATE TABLE IF NOT EXISTS schema_scripts (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL DEFAULT current_timestamp)", transaction: transaction);
            var applied = (await connection.QueryAsync<string>("SELECT name FROM schema_scripts", transaction: transaction)).ToHashSet();
            var added = new List<string>();
            foreach (var (name, sql) in Scripts(DatabaseKind.Sqlite).Where(script => !applied.Contains(script.Name)))
            {
                await connection.ExecuteAsync(sql, transaction: transaction);
                await connection.ExecuteAsync("INSERT INTO schema_scripts (name) VALUES (@name)", new { name }, transaction);
                DatabaseLog.ScriptApplied(log, database.Service, name);
                added.Add(name);
            }
            return added;
        }, cancellationToken);

    private IEnumerable<(string Name, string Sql)> Scripts(DatabaseKind kind)
    {
        var marker = $".Schema.{kind}.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.Contains(marker, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[(resource.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..], reader.ReadToEnd());
        }
    }
}
