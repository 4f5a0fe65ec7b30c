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
    public Task<int> Apply(ServiceDatabase database, ILogger log, CancellationToken cancellationToken) =>
        database.Kind == DatabaseKind.PostgreSql ? ApplyToPostgres(database, log, cancellationToken) : ApplyToSqlite(database, log, cancellationToken);

    private async Task<int> ApplyToPostgres(ServiceDatabase database, ILogger log, CancellationToken cancellationToken)
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
        var count = 0;
        foreach (var (name, sql) in Scripts("PostgreSql").Where(script => !applied.Contains(script.Name)))
        {
            await using (var command = new NpgsqlCommand(sql, connection, transaction))
                await command.ExecuteNonQueryAsync(cancellationToken);
            await connection.ExecuteAsync("INSERT INTO schema_scripts (name) VALUES (@name)", new { name }, transaction);
            DatabaseLog.ScriptApplied(log, database.Service, name);
            count++;
        }
        await transaction.CommitAsync(cancellationToken);
        if (count > 0)
            await connection.ReloadTypesAsync(cancellationToken);
        return count;
    }

    private Task<int> ApplyToSqlite(ServiceDatabase database, ILogger log, CancellationToken cancellationToken) =>
        database.WriteSqlite(async (connection, transaction) =>
        {
            await connection.ExecuteAsync(
                "CREATE TABLE IF NOT EXISTS schema_scripts (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL DEFAULT current_timestamp)", transaction: transaction);
            var applied = (await connection.QueryAsync<string>("SELECT name FROM schema_scripts", transaction: transaction)).ToHashSet();
            var count = 0;
            foreach (var (name, sql) in Scripts("Sqlite").Where(script => !applied.Contains(script.Name)))
            {
                await connection.ExecuteAsync(sql, transaction: transaction);
                await connection.ExecuteAsync("INSERT INTO schema_scripts (name) VALUES (@name)", new { name }, transaction);
                DatabaseLog.ScriptApplied(log, database.Service, name);
                count++;
            }
            return count;
        }, cancellationToken);

    private IEnumerable<(string Name, string Sql)> Scripts(string dialect)
    {
        var marker = $".Schema.{dialect}.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.Contains(marker, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[(resource.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..], reader.ReadToEnd());
        }
    }
}
