using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RealServers;

namespace EndToEnd.Tests;

/// <summary>One service as a process of its own, on a port of its own that it keeps over restarts; its output goes to a file.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly string _log;
    private Process? _process;

    public ServiceProcess(string name, IReadOnlyDictionary<string, string> settings, DirectoryInfo logs)
    {
        Name = name;
        Address = FreeAddress();
        _settings = new(settings) { ["ASPNETCORE_URLS"] = Address.ToString() };
        _log = Path.Combine(logs.FullName, $"{name}.log");
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    public string Name { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>A program of this build: what is tested lies beside these tests in the same configuration (Debug or Release).</summary>
    public static string Program(string name)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (output.Name, output.Parent!.Name);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "services", name, "bin", configuration, framework, $"{name}.dll");
    }

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [Program(Name)]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(_log)! };
        foreach (var (key, value) in _settings)
            start.Environment[key] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Write;
        _process.ErrorDataReceived += Write;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: nothing is finished, nothing is said goodbye to.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public Task WhenLive() => Eventually.Holds(async () =>
    {
        if (!IsRunning)
            throw new InvalidOperationException($"{Name} has ended with exit code {_process?.ExitCode}:{Environment.NewLine}{Tail()}");
        return await Answers("/health/live");
    }, TimeSpan.FromSeconds(60), $"{Name} live");

    public Task WhenReady() => Eventually.Holds(() => Answers("/health/ready"), TimeSpan.FromSeconds(60), $"{Name} ready");

    public string Tail()
    {
        lock (_log)
            return File.Exists(_log) ? string.Join(Environment.NewLine, File.ReadLines(_log).TakeLast(40)) : "(nothing was written)";
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (IsRunning)
            await Kill();
        _process?.Dispose();
    }

    private async Task<bool> Answers(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Write(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_log)
            File.AppendAllText(_log, line.Data + Environment.NewLine);
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
