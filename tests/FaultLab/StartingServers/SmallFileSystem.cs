using RealServers.StartingServers;

namespace FaultLab.StartingServers;

/// <summary>A file system of a few megabytes in memory that can be filled to the last byte and freed again.</summary>
internal sealed class SmallFileSystem : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly string _mount;

    private SmallFileSystem(string mount) => _mount = mount;

    /// <summary>For a tablespace.</summary>
    public string Folder => Path.Combine(_mount, "tablespace");

    private string Ballast => Path.Combine(_mount, "ballast");

    /// <summary>The file system, or why there is none: not everybody may mount.</summary>
    public static async Task<(SmallFileSystem? FileSystem, string? Refused)> Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        try
        {
            await ServerProcess.Run(Patience, Nothing, "mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0755", "fault-lab", folder);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return (null, exception.Message.Trim());
        }
        var mounted = new SmallFileSystem(folder);
        Directory.CreateDirectory(mounted.Folder);
        await PostgresCluster.Own(mounted.Folder);
        return (mounted, null);
    }

    /// <summary>Answers how many bytes that took.</summary>
    public long Fill()
    {
        var block = new byte[4096];
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                ballast.Write(block);
        }
        catch (IOException)
        {
            return ballast.Length;
        }
    }

    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync() => await ServerProcess.Run(Patience, Nothing, "umount", _mount);
}
