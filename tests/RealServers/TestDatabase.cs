using Dapper;
using Npgsql;

namespace RealServers;

/// <summary>A PostgreSQL database of a test's own, dropped afterwards. A missing server fails the test: it is never skipped.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;

    private TestDatabase(string server, string name) => (_server, Name, ConnectionString) = (server, name, $"{server};Database={name}");

    public string Name { get; }

    public string ConnectionString { get; }

    /// <param name="servers">Where; null = the usual ones.</param>
    public static async Task<TestDatabase> Create(ServerAddresses? servers = null)
    {
        var (server, name) = ((servers ?? ServerAddresses.Usual).Postgres, $"test_{Guid.NewGuid():N}");
        await On(server, $"CREATE DATABASE {name}");
        return new(server, name);
    }

    public async ValueTask DisposeAsync() => await On(_server, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");

    private static async Task On(string server, string sql)
    {
        try
        {
            // Dropping a large database takes longer than a statement usually may.
            await using var connection = new NpgsqlConnection($"{server};Database=postgres;Pooling=false;Command Timeout=300");
            await connection.ExecuteAsync(sql);
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            throw new InvalidOperationException($"PostgreSQL does not answer. Start it with deploy/local/servers.sh, or set {ServerAddresses.PostgresVariable}.", exception);
        }
    }
}
