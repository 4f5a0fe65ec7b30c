using System.Globalization;
using RealServers;
using RealServers.StartingServers;

namespace FaultLab.StartingServers;

/// <summary>
/// A RabbitMQ node of the lab's own: name, ports, port mapper and data are its own, so that it can be stopped and killed without anybody else noticing.
/// </summary>
internal sealed class RabbitMqNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Folders = ["/usr/lib/rabbitmq/bin", "/usr/local/sbin", "/opt/rabbitmq/sbin"];

    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private ServerProcess? _portMapper, _script;

    public RabbitMqNode(string folder)
    {
        _folder = folder;
        var (port, management, mapper, distribution) = (ServerProcess.FreePort(), ServerProcess.FreePort(), ServerProcess.FreePort(), ServerProcess.FreePort());
        (Address, Management) = ($"amqp://guest:guest@127.0.0.1:{port}", $"http://127.0.0.1:{management}");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "rabbitmq.conf"),
            $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {management}
            collect_statistics_interval = 500
            disk_free_limit.absolute = 50MB
            """);
        File.WriteAllText(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_management].");
        _environment = new()
        {
            ["ERL_EPMD_PORT"] = $"{mapper}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = "fault-lab@localhost",
            ["RABBITMQ_DIST_PORT"] = $"{distribution}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_PID_FILE"] = PidFile,
            // The cookie too is its own.
            ["HOME"] = folder,
        };
    }

    /// <summary>amqp://user:password@host:port.</summary>
    public string Address { get; }

    /// <summary>Its management API.</summary>
    public string Management { get; }

    private string PidFile => Path.Combine(_folder, "pid");

    private int Id => int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture);

    public async Task Start()
    {
        _portMapper ??= ServerProcess.Start(Path.Combine(_folder, "epmd.log"), _environment, "epmd", "-port", _environment["ERL_EPMD_PORT"], "-address", "127.0.0.1");
        _script?.Dispose();
        File.Delete(PidFile);
        _script = ServerProcess.Start(Path.Combine(_folder, "server.log"), _environment, Program("rabbitmq-server"));
        await WhenUp();
    }

    /// <summary>Ends the broker in order; its virtual machine stays.</summary>
    public Task StopApplication() => Control("stop_app");

    public async Task StartApplication()
    {
        await Control("start_app");
        await WhenUp();
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        await ServerProcess.Signal(Id, "KILL");
        await Eventually.Holds(() => Task.FromResult(!_script!.IsRunning), TimeSpan.FromSeconds(20), "The end of the killed broker");
    }

    /// <summary>SIGSTOP: connections stand, nothing is read from them.</summary>
    public Task Freeze() => ServerProcess.Signal(Id, "STOP");

    public async ValueTask DisposeAsync()
    {
        if (_script is { IsRunning: true } && File.Exists(PidFile))
            await Kill();
        _script?.Dispose();
        if (_portMapper is { } mapper)
            await mapper.End("TERM", TimeSpan.FromSeconds(10));
        _portMapper?.Dispose();
        _http.Dispose();
    }

    private static string Program(string name) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? name;

    private Task<string> Control(string command) => ServerProcess.Run(Patience, _environment, Program("rabbitmqctl"), command);

    private Task WhenUp() => Eventually.Holds(async () =>
    {
        if (_script is { IsRunning: false })
            throw new InvalidOperationException($"RabbitMQ has ended: {string.Join(' ', File.ReadLines(Path.Combine(_folder, "server.log")).TakeLast(20))}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Management}/api/health/checks/port-listener/{new Uri(Address).Port}");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("guest:guest"u8));
        try
        {
            using var answer = await _http.SendAsync(request);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }, Patience, "RabbitMQ up");
}
