using System.Collections.Concurrent;
using System.Net;
using System.Text;
using RealServers.StartingServers;

namespace RealServers;

/// <summary>Takes traces and metrics over OTLP (<c>http</c>), as a collector does, and keeps them as they came.</summary>
public sealed class TelemetryCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<TelemetryExport> _exports = new();

    /// <summary>Listens when this returns.</summary>
    public TelemetryCollector()
    {
        Address = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _ = Task.Run(Take);
    }

    /// <summary>For configuration key <c>Telemetry:OtlpEndpoint</c>.</summary>
    public string Address { get; }

    /// <summary>What has come so far.</summary>
    public IReadOnlyList<TelemetryExport> Exports => [.. _exports];

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task Take()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            _exports.Enqueue(new(context.Request.Url!.AbsolutePath, body.ToArray()));
            context.Response.Close();
        }
    }
}

/// <param name="Path"><c>/v1/traces</c> or <c>/v1/metrics</c>.</param>
/// <param name="Body">Protocol buffers.</param>
public sealed record TelemetryExport(string Path, byte[] Body)
{
    /// <summary>The body as text: strings in it are UTF-8 and stay whole, the rest is noise.</summary>
    public string Text { get; } = Encoding.UTF8.GetString(Body);
}
