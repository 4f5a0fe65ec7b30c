using Benchmarks.Reporting;
using RealServers;
using RealServers.StartingServers;

namespace Benchmarks;

/// <summary>A PostgreSQL server of the run's own, set as deploy/postgres sets one, without TLS as in docker-compose.yml; gone with what it kept at the end.</summary>
internal sealed class OwnDatabaseServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmark-");
    private readonly PostgresCluster _cluster;

    private OwnDatabaseServer()
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException($"set {ServerAddresses.PostgresVariable}: only on Linux is a server started for the run");
        // Another user than ours may run the server in it.
        File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        _cluster = new(Path.Combine(_folder.FullName, "postgres"));
    }

    public static async Task<OwnDatabaseServer> Start()
    {
        var server = new OwnDatabaseServer();
        try
        {
            await server._cluster.Start();
            await server._cluster.Set(Path.Combine(Surroundings.Root.FullName, "deploy", "postgres", "20-settings.sql"));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        Environment.SetEnvironmentVariable(ServerAddresses.PostgresVariable, server._cluster.ConnectionString);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
