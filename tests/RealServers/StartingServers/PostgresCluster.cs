using Dapper;
using Npgsql;

namespace RealServers.StartingServers;

/// <summary>A PostgreSQL cluster of one's own, as durable as one in production.</summary>
public sealed class PostgresCluster(string folder) : IAsyncDisposable
{
    private const string User = "in_store_orders";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly int _port = ServerProcess.FreePort();
    private ServerProcess? _server;

    /// <summary>Names no database.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username={User};Password={User}";

    private string Data => Path.Combine(folder, "data");

    // PostgreSQL refuses to run as root.
    private static string[] AsOwner => Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] : [];

    public async Task Start()
    {
        if (!Directory.Exists(Data))
            await Initialize();
        // After a kill the old server's children may still be leaving: it is started again until it stays.
        await Eventually.Holds(async () =>
        {
            if (_server is not { IsRunning: true })
            {
                _server?.Dispose();
                _server = ServerProcess.Start(Path.Combine(folder, "server.log"), Nothing, [.. AsOwner, Program("postgres"), "-D", Data]);
            }
            return await Answers();
        }, Patience, $"PostgreSQL up (its log: {Path.Combine(folder, "server.log")})");
    }

    /// <summary>Runs a file of statements as the server's administrator, one line each, and starts the server anew.</summary>
    public async Task Set(string file)
    {
        await using (var connection = await Connect("postgres"))
        {
            foreach (var statement in (await File.ReadAllLinesAsync(file)).Where(line => !line.StartsWith("--", StringComparison.Ordinal) && line.Length > 0))
                await connection.ExecuteAsync(statement);
        }
        await Stop("INT");
        await Start();
    }

    /// <summary>Ends the server: <c>INT</c> is fast, <c>QUIT</c> immediate (no checkpoint), <c>KILL</c> without a word.</summary>
    public Task Stop(string signal) => _server!.End(signal, Patience);

    /// <summary>Ends every session but the one that asks; answers how many.</summary>
    public async Task<int> EndSessions()
    {
        await using var connection = await Connect("postgres");
        return (await connection.QueryAsync<bool>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")).Count();
    }

    /// <summary>Moves what OrderIngest keeps in a database to a folder of its own.</summary>
    public async Task MoveJournal(string database, string to)
    {
        await using var connection = await Connect(database);
        await connection.ExecuteAsync($"CREATE TABLESPACE journal LOCATION '{to}'");
        var moves = await connection.QueryAsync<string>(
            """
            SELECT format('ALTER TABLE %I.%I SET TABLESPACE journal', schemaname, tablename) FROM pg_tables WHERE schemaname = 'order_ingest'
            UNION ALL SELECT format('ALTER INDEX %I.%I SET TABLESPACE journal', schemaname, indexname) FROM pg_indexes WHERE schemaname = 'order_ingest'
            """);
        foreach (var move in moves)
            await connection.ExecuteAsync(move);
    }

    /// <summary>Gives a folder to the server's user.</summary>
    public static Task Own(string path) => AsOwner.Length == 0 ? Task.CompletedTask : ServerProcess.Run(Patience, Nothing, "chown", "-R", "postgres", path);

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsRunning: true })
            await Stop("QUIT");
        _server?.Dispose();
    }

    private async Task Initialize()
    {
        Directory.CreateDirectory(folder);
        await Own(folder);
        await ServerProcess.Run(Patience, Nothing, [.. AsOwner, Program("initdb"), "-D", Data, "-U", User, "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"),
            $"""

            listen_addresses = '127.0.0.1'
            port = {_port}
            unix_socket_directories = '{folder}'
            max_connections = 300
            fsync = on
            synchronous_commit = on
            """);
    }

    private async Task<NpgsqlConnection> Connect(string database)
    {
        var connection = new NpgsqlConnection($"{ConnectionString};Database={database};Pooling=false;Timeout=5");
        await connection.OpenAsync();
        return connection;
    }

    private async Task<bool> Answers()
    {
        try
        {
            await using var connection = await Connect("postgres");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin", name)).FirstOrDefault(File.Exists) ?? name
            : name;
}
