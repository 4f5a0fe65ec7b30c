using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RealServers.StartingServers;

/// <summary>A server of one's own: its output goes to a file, signals go to its id.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>Where a server may listen; free at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static ServerProcess Start(string log, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        // The shell gives its place, and with it its id, to the command. In a session of its own it does not hear our Ctrl+C: it is ended in order.
        var start = new ProcessStartInfo("/bin/bash", ["-c", "exec setsid \"$@\" >> \"$0\" 2>&1 < /dev/null", log, .. command]) { WorkingDirectory = Path.GetDirectoryName(log)! };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end; anything but success is an exception with what it printed.</summary>
    public static async Task<string> Run(TimeSpan within, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(within);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {await output} {await errors}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', command)} did not end within {within.TotalSeconds:0} s");
        }
    }

    public static Task Signal(int id, string signal) => Run(TimeSpan.FromSeconds(10), new Dictionary<string, string>(), "kill", $"-{signal}", $"{id}");

    /// <summary>Sends a signal that is to end it and waits until it has ended.</summary>
    public async Task End(string signal, TimeSpan within)
    {
        if (_process.HasExited)
            return;
        await Signal(Id, signal);
        await Eventually.Holds(() => Task.FromResult(_process.HasExited), within, $"The end of process {Id} after SIG{signal}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
