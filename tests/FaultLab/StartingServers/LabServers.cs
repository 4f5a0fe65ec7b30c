using RealServers;
using RealServers.StartingServers;

namespace FaultLab.StartingServers;

/// <summary>RabbitMQ and PostgreSQL of the lab's own, in a temporary folder.</summary>
internal sealed class LabServers : IAsyncDisposable
{
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

    /// <summary>Where a system of the lab finds them.</summary>
    public ServerAddresses Addresses => new(new(RabbitMq.Address), RabbitMq.Management, Postgres.ConnectionString);

    /// <summary>For what the lab keeps beside the servers until the end.</summary>
    public string Folder => _folder.FullName;

    public static async Task<LabServers> Start()
    {
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
        return servers;
    }

    public async ValueTask DisposeAsync()
    {
        await RabbitMq.DisposeAsync();
        await Postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
