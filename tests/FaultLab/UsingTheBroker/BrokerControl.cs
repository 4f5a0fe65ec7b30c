using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealServers;

namespace FaultLab.UsingTheBroker;

/// <summary>What an operator, or an accident, does to a virtual host through the management API.</summary>
internal sealed class BrokerControl : IDisposable
{
    /// <summary>The lab's own queue on the topics; nobody consumes from it.</summary>
    public const string Tap = "fault-lab-tap";

    /// <summary>Exchange and queue that a program without MassTransit writes orders to.</summary>
    public const string ErpOrders = "erp-orders";

    private readonly HttpClient _http;
    private readonly TestBroker _broker;

    public BrokerControl(TestBroker broker)
    {
        _broker = broker;
        _http = new() { BaseAddress = new Uri($"{broker.ManagementAddress}/api/"), Timeout = TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("guest:guest"u8));
    }

    private string VirtualHost => _broker.VirtualHost;

    /// <summary>Messages ready or unacknowledged; the broker brings these counts up to date twice a second.</summary>
    public async Task<int> Waiting(string queue) => (await _broker.Queues()).TryGetValue(queue, out var state) ? state.Messages : 0;

    /// <summary>Queues that somebody reads, but for those that go with an instance.</summary>
    public async Task<IReadOnlySet<string>> Consumed() => (await _http.GetFromJsonAsync<JsonArray>($"consumers/{VirtualHost}"))!
        .Select(consumer => consumer!["queue"]!["name"]!.GetValue<string>()).Where(queue => !queue.Contains("-instance-", StringComparison.Ordinal)).ToHashSet();

    /// <summary>Nothing waits anywhere, and this was so for longer than the broker's counts lag.</summary>
    public async Task WhenEmpty(TimeSpan within)
    {
        var inARow = 0;
        await Eventually.Becomes(
            async () =>
            {
                var waiting = (await _broker.Queues()).Where(queue => queue.Key != Tap && !queue.Key.EndsWith("_error", StringComparison.Ordinal)).Sum(queue => queue.Value.Messages);
                inARow = waiting == 0 ? inARow + 1 : 0;
                return waiting;
            },
            _ => inARow > 25, within, "Messages on the broker");
    }

    /// <summary>Where messages wait, and whether anybody is there to take them.</summary>
    public async Task<string> Describe() => string.Join(", ", (await _http.GetFromJsonAsync<JsonArray>($"queues/{VirtualHost}"))!
        .Select(queue => (Name: queue!["name"]!.GetValue<string>(), Messages: queue["messages"]?.GetValue<int>() ?? 0, Unacknowledged: queue["messages_unacknowledged"]?.GetValue<int>() ?? 0, Consumers: queue["consumers"]?.GetValue<int>() ?? 0))
        .Where(queue => queue.Name != Tap && (queue.Messages > 0 || queue.Consumers == 0))
        .Select(queue => $"{queue.Name}: {queue.Messages} messages, {queue.Unacknowledged} of them unacknowledged, {queue.Consumers} consumers"));

    public Task Purge(string queue) => Ask(HttpMethod.Delete, $"queues/{VirtualHost}/{queue}/contents");

    /// <summary>Deletes every binding from one exchange to another.</summary>
    public async Task Unbind(string source, string destination)
    {
        var path = $"bindings/{VirtualHost}/e/{source}/e/{destination}";
        foreach (var binding in (await _http.GetFromJsonAsync<JsonArray>(path))!)
            await Ask(HttpMethod.Delete, $"{path}/{Uri.EscapeDataString(binding!["properties_key"]!.GetValue<string>())}");
    }

    public Task<int> CloseConnections() => _broker.CloseConnections();

    /// <summary>Lets the lab's own queue have a copy of whatever is published to these topics from now on, the newest few hundred.</summary>
    public async Task TapInto(params string[] topics)
    {
        await Ask(HttpMethod.Put, $"queues/{VirtualHost}/{Tap}", """{"durable":true,"arguments":{"x-max-length":400}}""");
        foreach (var topic in topics)
            await Ask(HttpMethod.Post, $"bindings/{VirtualHost}/e/{topic}/q/{Tap}");
    }

    /// <summary>Messages of a queue; taken away, or put back.</summary>
    public async Task<IReadOnlyList<JsonNode>> Read(string queue, int most, bool take)
    {
        using var answer = await Ask(
            HttpMethod.Post, $"queues/{VirtualHost}/{queue}/get", $$"""{"count":{{most}},"ackmode":"{{(take ? "ack_requeue_false" : "ack_requeue_true")}}","encoding":"auto"}""");
        return answer.StatusCode == HttpStatusCode.NotFound ? [] : [.. (await answer.Content.ReadFromJsonAsync<JsonArray>())!.OfType<JsonNode>()];
    }

    /// <summary>Hands a body over as a program does that knows no MassTransit. True once a queue has it for good; false when none does.</summary>
    /// <exception cref="HttpRequestException">No answer: the broker may have it all the same.</exception>
    public async Task<bool> Publish(string exchange, string body)
    {
        var message = new JsonObject { ["properties"] = new JsonObject { ["delivery_mode"] = 2 }, ["routing_key"] = "", ["payload"] = body, ["payload_encoding"] = "string" };
        using var answer = await Ask(HttpMethod.Post, $"exchanges/{VirtualHost}/{exchange}/publish", message.ToJsonString());
        return answer.IsSuccessStatusCode && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("routed").GetBoolean();
    }

    /// <summary>Publishes a message that was read, with its headers, to where it came from.</summary>
    public async Task PublishAgain(JsonNode message)
    {
        var copy = new JsonObject
        {
            ["properties"] = message["properties"]!.DeepClone(),
            ["routing_key"] = "",
            ["payload"] = message["payload"]!.DeepClone(),
            ["payload_encoding"] = message["payload_encoding"]!.DeepClone(),
        };
        using var _ = await Ask(HttpMethod.Post, $"exchanges/{VirtualHost}/{message["exchange"]!.GetValue<string>()}/publish", copy.ToJsonString());
    }

    /// <summary>Whom a message is about, or null.</summary>
    public static Guid? OrderOf(JsonNode message)
    {
        try
        {
            return JsonNode.Parse(message["payload"]!.GetValue<string>())?["orderId"] is JsonValue id && id.TryGetValue(out Guid orderId) ? orderId : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body ?? "{}", Encoding.UTF8, "application/json") };
        var answer = await _http.SendAsync(request);
        // What was to go is gone already.
        return answer.StatusCode == HttpStatusCode.NotFound ? answer : answer.EnsureSuccessStatusCode();
    }
}
