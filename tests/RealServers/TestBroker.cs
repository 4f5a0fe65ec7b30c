using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace RealServers;

/// <summary>A RabbitMQ virtual host of a test's own, deleted afterwards. A missing server fails the test: it is never skipped.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    private readonly ServerAddresses _servers;
    private readonly HttpClient _management;
    private readonly List<string> _users = [];

    private TestBroker(ServerAddresses servers) => (_servers, _management, VirtualHost) = (servers, Connect(servers), $"test-{Guid.NewGuid():N}");

    public string VirtualHost { get; }

    /// <summary>For configuration key Bus:ManagementAddress.</summary>
    public string ManagementAddress => _servers.Management;

    /// <summary>For configuration key Bus:ConnectionString.</summary>
    public string ConnectionString => $"{_servers.RabbitMq.GetLeftPart(UriPartial.Authority)}/{VirtualHost}";

    /// <param name="servers">Where; null = the usual ones.</param>
    public static async Task<TestBroker> Create(ServerAddresses? servers = null)
    {
        var broker = new TestBroker(servers ?? ServerAddresses.Usual);
        try
        {
            await broker.Ask(HttpMethod.Put, $"vhosts/{broker.VirtualHost}");
            await broker.Ask(HttpMethod.Put, $"permissions/{broker.VirtualHost}/{broker.User}", """{"configure":".*","write":".*","read":".*"}""");
        }
        catch (HttpRequestException exception) when (exception.StatusCode is null)
        {
            broker._management.Dispose();
            throw new InvalidOperationException(
                "RabbitMQ's management API does not answer. Start it with deploy/local/servers.sh, or set TEST_RABBITMQ and TEST_RABBITMQ_MANAGEMENT.", exception);
        }
        return broker;
    }

    private string User => _servers.RabbitMq.UserInfo.Split(':')[0];

    /// <summary>Queues with how many messages wait in them, as the broker lists them now. The list lags by up to five seconds.</summary>
    public async Task<IReadOnlyDictionary<string, QueueState>> Queues()
    {
        var queues = await _management.GetFromJsonAsync<JsonElement>($"queues/{VirtualHost}");
        // A queue that is being declared is listed twice for a moment: as it is kept, and as it runs.
        return queues.EnumerateArray().DistinctBy(queue => queue.GetProperty("name").GetString()).ToDictionary(
            queue => queue.GetProperty("name").GetString()!,
            queue => new QueueState(
                queue.GetProperty("type").GetString()!,
                queue.GetProperty("durable").GetBoolean(),
                queue.TryGetProperty("messages", out var messages) ? messages.GetInt32() : 0,
                queue.GetProperty("arguments").TryGetProperty("x-delivery-limit", out var limit) ? limit.GetInt32() : null)
            {
                Expires = queue.GetProperty("arguments").TryGetProperty("x-expires", out var expires) ? expires.GetInt32() : null,
            });
    }

    /// <summary>How many channels have published, and on how many of them the broker confirms.</summary>
    public async Task<(int Publishing, int Confirming)> PublishingChannels()
    {
        var channels = await _management.GetFromJsonAsync<JsonElement>($"vhosts/{VirtualHost}/channels");
        var publishing = channels.EnumerateArray().Where(channel => channel.TryGetProperty("message_stats", out var stats) && stats.TryGetProperty("publish", out _)).ToList();
        return (publishing.Count, publishing.Count(channel => channel.GetProperty("confirm").GetBoolean()));
    }

    /// <summary>Versions of the usual server and of Erlang below it.</summary>
    public static async Task<(string RabbitMq, string Erlang)> Versions()
    {
        using var management = Connect(ServerAddresses.Usual);
        var overview = await management.GetFromJsonAsync<JsonElement>("overview");
        return (overview.GetProperty("rabbitmq_version").GetString()!, overview.GetProperty("erlang_version").GetString()!);
    }

    /// <summary>Closes every connection, as an operator may.</summary>
    public async Task<int> CloseConnections()
    {
        var connections = await _management.GetFromJsonAsync<JsonElement>($"vhosts/{VirtualHost}/connections");
        foreach (var connection in connections.EnumerateArray())
            await Ask(HttpMethod.Delete, $"connections/{Uri.EscapeDataString(connection.GetProperty("name").GetString()!)}");
        return connections.GetArrayLength();
    }

    /// <summary>Connection string of a user of this virtual host who may do only so much; deleted with it.</summary>
    public async Task<string> ConnectionStringOf(string configure, string write, string read)
    {
        var (name, password) = ($"test-{Guid.NewGuid():N}", Guid.NewGuid().ToString("N"));
        _users.Add(name);
        await Ask(HttpMethod.Put, $"users/{name}", JsonSerializer.Serialize(new { password, tags = "" }));
        await Ask(HttpMethod.Put, $"permissions/{VirtualHost}/{name}", JsonSerializer.Serialize(new { configure, write, read }));
        var server = _servers.RabbitMq;
        return $"{server.Scheme}://{name}:{password}@{server.Host}:{(server.Port < 0 ? 5672 : server.Port)}/{VirtualHost}";
    }

    public Task DeleteQueue(string queue) => Ask(HttpMethod.Delete, $"queues/{VirtualHost}/{queue}");

    /// <summary>Source and destination of every binding between exchanges or to queues.</summary>
    public async Task<IReadOnlySet<(string Source, string Destination)>> Bindings()
    {
        var bindings = await _management.GetFromJsonAsync<JsonElement>($"bindings/{VirtualHost}");
        return bindings.EnumerateArray()
            .Select(binding => (binding.GetProperty("source").GetString()!, binding.GetProperty("destination").GetString()!))
            .ToHashSet();
    }

    /// <summary>Every exchange but the broker's own.</summary>
    public async Task<IReadOnlySet<string>> Exchanges()
    {
        var exchanges = await _management.GetFromJsonAsync<JsonElement>($"exchanges/{VirtualHost}");
        return exchanges.EnumerateArray()
            .Select(exchange => exchange.GetProperty("name").GetString()!)
            .Where(name => name.Length > 0 && !name.StartsWith("amq.", StringComparison.Ordinal))
            .ToHashSet();
    }

    public async ValueTask DisposeAsync()
    {
        await Ask(HttpMethod.Delete, $"vhosts/{VirtualHost}");
        foreach (var user in _users)
            await Ask(HttpMethod.Delete, $"users/{user}");
        _management.Dispose();
    }

    private async Task Ask(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(body ?? "{}", Encoding.UTF8, "application/json");
        using var response = await _management.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.NotFound)
            response.EnsureSuccessStatusCode();
    }

    private static HttpClient Connect(ServerAddresses servers)
    {
        var client = new HttpClient { BaseAddress = new Uri($"{servers.Management}/api/") };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(servers.RabbitMq.UserInfo)));
        return client;
    }
}

/// <param name="Type">quorum or classic.</param>
/// <param name="Durable">Whether it outlives the broker.</param>
/// <param name="Messages">In the queue and under way.</param>
/// <param name="DeliveryLimit">How often a message may be delivered again, as declared; null = the broker's own.</param>
public sealed record QueueState(string Type, bool Durable, int Messages, int? DeliveryLimit)
{
    /// <summary>How long it is kept while nobody reads it, in milliseconds; null = for ever.</summary>
    public int? Expires { get; init; }
}
