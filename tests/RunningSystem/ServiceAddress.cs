using System.Net;
using System.Net.Sockets;

namespace RunningSystem;

/// <summary>One address in front of the instances of a service, as a load balancer is: each new connection goes to the next of them that is there.</summary>
public sealed class ServiceAddress : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ends = new();
    private readonly Task _accepting;
    private volatile IReadOnlyList<Uri> _instances = [];
    private int _next;

    /// <summary>Listens when this returns; nobody is behind it yet.</summary>
    public ServiceAddress()
    {
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Accept();
    }

    public Uri Address { get; }

    /// <summary>Who is behind it from now on. Connections that are open stay where they are.</summary>
    public void LeadTo(params IReadOnlyList<ServiceProcess> instances) => _instances = [.. instances.Select(instance => instance.Address)];

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _ends.Dispose();
    }

    private async Task Accept()
    {
        while (!_ends.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await _listener.AcceptTcpClientAsync(_ends.Token));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            foreach (var instance in Turn(_instances))
            {
                using var server = new TcpClient();
                try
                {
                    await server.ConnectAsync(instance.Host, instance.Port, _ends.Token);
                }
                catch (SocketException)
                {
                    continue;
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                // Whichever end hangs up, both have.
                await Task.WhenAny(Copy(client, server), Copy(server, client));
                return;
            }
        }
    }

    private IEnumerable<Uri> Turn(IReadOnlyList<Uri> instances)
    {
        var first = Interlocked.Increment(ref _next) & int.MaxValue;
        return Enumerable.Range(0, instances.Count).Select(i => instances[(first + i) % instances.Count]);
    }

    private async Task Copy(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _ends.Token);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Cut off, as connections are.
        }
    }
}
