using Dapper;
using Npgsql;

namespace RealServers;

/// <summary>
/// A PostgreSQL database of a test's own, dropped afterwards. Where the server is: environment variable TEST_POSTGRES; default the local one
/// that deploy/local/servers.sh starts. A missing server fails the test: it is never skipped.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Where the server is.</summary>
    public const string Variable = "TEST_POSTGRES";

    /// <summary>The local server; not encrypted, as each test opens connections of its own and a handshake costs more than what it does then.</summary>
    public const string Local = "Host=127.0.0.1;Username=in_store_orders;Password=in_store_orders;SSL Mode=Disable";

    private static readonly string Server = Environment.GetEnvironmentVariable(Variable) ?? Local;

    private TestDatabase(string name) => (Name, ConnectionString) = (name, $"{Server};Database={name}");

    public string Name { get; }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> Create()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await OnServer($"CREATE DATABASE {name}");
        return new(name);
    }

    public async ValueTask DisposeAsync() => await OnServer($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");

    private static async Task OnServer(string sql)
    {
        try
        {
            // Dropping a large database takes longer than a statement usually may.
            await using var connection = new NpgsqlConnection($"{Server};Database=postgres;Pooling=false;Command Timeout=300");
            await connection.ExecuteAsync(sql);
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            throw new InvalidOperationException("PostgreSQL does not answer. Start it with deploy/local/servers.sh, or set TEST_POSTGRES.", exception);
        }
    }
}
