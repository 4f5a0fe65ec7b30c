using Npgsql;

namespace EndToEnd.Tests;

/// <summary>PostgreSQL's own programs, as docs/operations.md has them; a service's schema here is a service's database there.</summary>
internal sealed class DatabaseDump : IDisposable
{
    private readonly NpgsqlConnectionStringBuilder _database;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dumps-");

    public DatabaseDump(string connectionString) => _database = new(connectionString);

    /// <summary>Takes a dump of what a service keeps.</summary>
    public Task Take(string schema) => Run($"pg_dump --format=custom --schema={schema} --file='{FileOf(schema)}'");

    /// <summary>Loses what a service keeps, all of it.</summary>
    public Task Lose(string schema) => Run($"psql -q -c 'DROP SCHEMA {schema} CASCADE'");

    /// <summary>Loses what it keeps, and puts back the dump.</summary>
    public async Task PutBack(string schema)
    {
        await Lose(schema);
        await Run($"pg_restore --no-owner --exit-on-error --dbname='{_database.Database}' '{FileOf(schema)}'");
    }

    /// <summary>Runs a command line in the checkout's root.</summary>
    public async Task Run(string command)
    {
        var run = await Script.Run(TimeSpan.FromMinutes(1), "env",
            $"PGHOST={_database.Host}", $"PGPORT={_database.Port}", $"PGUSER={_database.Username}", $"PGPASSWORD={_database.Password}", $"PGDATABASE={_database.Database}", "PGOPTIONS=-c client_min_messages=warning",
            "bash", "-euo", "pipefail", "-c", command);
        Assert.True(run.ExitCode == 0, $"{command}: {run.Output}");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string FileOf(string schema) => Path.Combine(_folder.FullName, $"{schema}.dump");
}
