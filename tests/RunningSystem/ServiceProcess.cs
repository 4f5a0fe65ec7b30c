using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using RealServers;
using RealServers.StartingServers;

namespace RunningSystem;

/// <summary>One service as a process of its own, on a port of its own that it keeps over restarts; its output goes to a file.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly string _program;
    private readonly string _log;
    private readonly Lock _writing = new();
    private Process? _process;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="name">The service's name.</param>
    /// <param name="program">Its assembly.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="logs">Folder of its log file.</param>
    public ServiceProcess(string name, string program, IReadOnlyDictionary<string, string> settings, DirectoryInfo logs)
    {
        (Name, _program) = (name, program);
        Address = FreeAddress();
        _settings = new(settings) { ["ASPNETCORE_URLS"] = Address.ToString() };
        _log = Path.Combine(logs.FullName, $"{name}.log");
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    public string Name { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Processor time of the present process, user and kernel.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory of the present process now and at its peak, in MiB.</summary>
    public (double Now, double Peak) Memory
    {
        get
        {
            var status = File.ReadLines($"/proc/{_process!.Id}/status").Select(line => line.Split((char[])[' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries)).ToLookup(words => words[0], words => words.ElementAtOrDefault(1));
            double Of(string key) => double.Parse(status[key].Single()!, CultureInfo.InvariantCulture) / 1024;
            return (Of("VmRSS"), Of("VmHWM"));
        }
    }

    /// <summary>The present process's id.</summary>
    public int Id => _process!.Id;

    /// <summary>
    /// A program of this build: what is run lies beside its caller in the same configuration (Debug or Release), unless TEST_PROGRAMS names the folder that
    /// deploy/local/build.sh has filled, in which programs are compiled ahead of time and start in half the time.
    /// </summary>
    public static string Program(string name)
    {
        if (Environment.GetEnvironmentVariable("TEST_PROGRAMS") is { Length: > 0 } folder)
            return Path.Combine(folder, $"{name}.dll");
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (output.Name, output.Parent!.Name);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "services", name, "bin", configuration, framework, $"{name}.dll");
    }

    /// <summary>Every line it has written so far, over all its lives.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_writing)
                return File.Exists(_log) ? File.ReadAllLines(_log) : [];
        }
    }

    /// <summary>Another instance of the same service, with the same settings at an address of its own; nothing is started yet.</summary>
    /// <param name="name">Names its log file.</param>
    /// <param name="program">Its assembly, perhaps of another version.</param>
    public ServiceProcess Another(string name, string program) => new(name, program, _settings, new(Path.GetDirectoryName(_log)!));

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [_program]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(_log)! };
        foreach (var (key, value) in _settings)
            start.Environment[key] = value;
        _process?.Dispose();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Write;
        _process.ErrorDataReceived += Write;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Runs a command of its program with its settings to the end, and answers with what it printed; anything but success is an exception.</summary>
    public Task<string> Command(params string[] arguments) => ServerProcess.Run(TimeSpan.FromMinutes(1), _settings, ["dotnet", _program, .. arguments]);

    /// <summary>SIGTERM: what it has begun is finished, what it has measured is exported. Not ending within the time a service may take is an error.</summary>
    public async Task Stop()
    {
        await Signal("TERM");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await _process!.WaitForExitAsync(patience.Token);
    }

    /// <summary>SIGKILL: nothing is finished, nothing is said goodbye to.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: to everybody else it is there and does nothing.</summary>
    public Task Pause() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public Task Continue() => Signal("CONT");

    public Task WhenLive() => Eventually.Holds(async () =>
    {
        if (!IsRunning)
            throw new InvalidOperationException($"{Name} has ended with exit code {_process?.ExitCode}:{Environment.NewLine}{Tail()}");
        return await Answers("/health/live");
    }, TimeSpan.FromSeconds(60), $"{Name} live");

    public Task WhenReady() => Eventually.Holds(() => Answers("/health/ready"), TimeSpan.FromSeconds(60), $"{Name} ready");

    /// <summary>Ready, and its part in the broker's topics, queues and bindings is done: a service works without that (degraded), and would put back later what a test takes away.</summary>
    public Task WhenDeployed() => Eventually.Holds(async () =>
    {
        using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode
            && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").GetProperty("topology").GetProperty("status").GetString() == "Healthy";
    }, TimeSpan.FromSeconds(60), $"{Name} with its topology deployed");

    public string Tail()
    {
        lock (_writing)
            return File.Exists(_log) ? string.Join(Environment.NewLine, File.ReadLines(_log).TakeLast(40)) : "(nothing was written)";
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (IsRunning)
            await Kill();
        _process?.Dispose();
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"SIG{signal} did not reach {Name}");
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
        lock (_writing)
            File.AppendAllText(_log, line.Data + Environment.NewLine);
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
