using RealServers.StartingServers;

namespace FaultLab.StartingServers;

/// <summary>RabbitMQ and PostgreSQL of the lab's own, in a temporary folder; one set per process, as RealServers asks for its servers once.</summary>
internal sealed class LabServers : IAsyncDisposable
{
    private static int s_started;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fault-lab-");

    private LabServers()
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("the lab needs Linux: signals, mounts and users");
        // Other users than ours run servers in it.
        File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        (RabbitMq, Postgres) = (new(Path.Combine(_folder.FullName, "rabbitmq")), new(Path.Combine(_folder.FullName, "postgres")));
    }

    public RabbitMqNode RabbitMq { get; }

    public PostgresCluster Postgres { get; }

    /// <summary>For what the lab keeps beside the servers until the end.</summary>
    public string Folder => _folder.FullName;

    public static async Task<LabServers> Start()
    {
        if (Interlocked.Exchange(ref s_started, 1) == 1)
            throw new InvalidOperationException("this process has started its servers already");
        var servers = new LabServers();
        try
        {
            await Task.WhenAll(servers.RabbitMq.Start(), servers.Postgres.Start());
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
        Environment.SetEnvironmentVariable("TEST_RABBITMQ", servers.RabbitMq.Address);
        Environment.SetEnvironmentVariable("TEST_RABBITMQ_MANAGEMENT", servers.RabbitMq.Management);
        Environment.SetEnvironmentVariable("TEST_POSTGRES", servers.Postgres.ConnectionString);
        return servers;
    }

    public async ValueTask DisposeAsync()
    {
        await RabbitMq.DisposeAsync();
        await Postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
