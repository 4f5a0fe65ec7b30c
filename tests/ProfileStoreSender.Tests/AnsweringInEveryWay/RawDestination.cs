using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProfileStoreSender.Tests.AnsweringInEveryWay;

/// <summary>
/// A destination that speaks HTTP byte by byte, so that it can fall silent or break off anywhere. Every request is answered 202 unless told otherwise.
/// </summary>
public sealed class RawDestination : IAsyncDisposable
{
    public const string Accepts = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

    private readonly ConcurrentDictionary<Socket, bool> _connections = new();
    private readonly ConcurrentQueue<Func<RawRequest, Task<bool>>> _script = new();
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _accepting = Task.CompletedTask;
    private int _requests;

    public RawDestination() => Open();

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What the next request meets with, whichever comes; false ends its connection.</summary>
    public void Next(Func<RawRequest, Task<bool>> reaction) => _script.Enqueue(reaction);

    /// <summary>Nobody listens any more.</summary>
    public async Task Close()
    {
        _listener.Stop();
        await _accepting;
        foreach (var connection in _connections.Keys)
            connection.Dispose();
    }

    /// <summary>Listens (again).</summary>
    public void Open()
    {
        var port = _listener.Server.IsBound ? ((IPEndPoint)_listener.LocalEndpoint).Port : _port;
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept(_listener);
    }

    public async ValueTask DisposeAsync() => await Close();

    private int _port;

    private async Task Accept(TcpListener listener)
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = await listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
            connection.NoDelay = true;
            _connections[connection] = true;
            _ = Serve(connection);
        }
    }

    private async Task Serve(Socket connection)
    {
        try
        {
            while (await RawRequest.Begin(connection) is { } request)
            {
                Interlocked.Increment(ref _requests);
                if (!await (_script.TryDequeue(out var reaction) ? reaction(request) : Accept(request)))
                    return;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // The sender has gone.
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            connection.Dispose();
        }
    }

    private static async Task<bool> Accept(RawRequest request)
    {
        await request.ReadBody();
        await request.Write(Accepts);
        return true;
    }
}

/// <summary>A request whose head has been read.</summary>
public sealed class RawRequest
{
    private readonly Socket _connection;
    private int _bodyLeft;

    private RawRequest(Socket connection, int bodyLeft) => (_connection, _bodyLeft) = (connection, bodyLeft);

    public static async Task<RawRequest?> Begin(Socket connection)
    {
        // One byte at a time: nothing of the body may be taken along.
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await connection.ReceiveAsync(one) == 0)
                return null;
            head.Append((char)one[0]);
        }
        var length = head.ToString().Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        return new(connection, int.Parse(length, CultureInfo.InvariantCulture));
    }

    /// <summary>Reads so much of the body, or what is left of it.</summary>
    public async Task ReadBody(int most = int.MaxValue)
    {
        var buffer = new byte[64 * 1024];
        for (var toRead = Math.Min(most, _bodyLeft); toRead > 0;)
        {
            var read = await _connection.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, toRead)));
            if (read == 0)
                return;
            (_bodyLeft, toRead) = (_bodyLeft - read, toRead - read);
        }
    }

    public async Task Write(string text) => await _connection.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Breaks off without a word (RST).</summary>
    public void Reset()
    {
        _connection.LingerState = new LingerOption(true, 0);
        _connection.Dispose();
    }
}
