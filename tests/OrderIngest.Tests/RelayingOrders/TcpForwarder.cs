using System.Net;
using System.Net.Sockets;

namespace OrderIngest.Tests.RelayingOrders;

/// <summary>Stands between the service and a server, so that a test can take the server away and give it back.</summary>
internal sealed class TcpForwarder : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly List<Socket> _open = [];
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public TcpForwarder(string host, int port)
    {
        _server = new(IPAddress.Parse(host), port);
        // A port that is free now; nothing listens on it until the server is given back.
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public int Port { get; }

    public void GiveBack()
    {
        _listener = new(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = Accept(_listener);
    }

    public async Task TakeAway()
    {
        _listener?.Stop();
        lock (_open)
        {
            foreach (var socket in _open)
                socket.Close(0);
            _open.Clear();
        }
        await _accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await TakeAway();
        _listener?.Dispose();
    }

    private async Task Accept(TcpListener listener)
    {
        while (true)
        {
            try
            {
                var client = await listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                lock (_open)
                    _open.AddRange([client, server]);
                await server.ConnectAsync(_server);
                _ = Copy(client, server);
                _ = Copy(server, client);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private static async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
                await to.SendAsync(buffer.AsMemory(0, read));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut off: that is what this is for.
        }
        to.Close();
    }
}
