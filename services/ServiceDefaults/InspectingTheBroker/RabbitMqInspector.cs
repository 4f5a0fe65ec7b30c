using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.InspectingTheBroker;

/// <summary>Reads RabbitMQ's virtual host over the management API; the protocol itself does not tell what there is.</summary>
internal sealed class RabbitMqInspector(HttpClient http, BusOptions options) : ITopologyInspector
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString };

    public async Task<BrokerInventory> Read(DeclaredTopology topology, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topology);
        // One that is being declared is listed twice for a moment: as it is kept, and as it runs.
        var queues = (await Get<Queue>("queues", cancellationToken)).DistinctBy(queue => queue.Name);
        var exchanges = await Get<Exchange>("exchanges", cancellationToken);
        var bindings = await Get<Binding>("bindings", cancellationToken);
        return new(
            [.. queues.Select(queue => new QueueFound(queue.Name, queue.Consumers, queue.Messages, 0, [.. Differences(queue)]))],
            [.. exchanges.Where(exchange => exchange.Name.Length > 0 && !exchange.Name.StartsWith("amq.", StringComparison.Ordinal))
                .Select(exchange => new TopicFound(exchange.Name, exchange is { Type: "fanout", Durable: true } ? [] : [$"is a {(exchange.Durable ? "durable" : "transient")} {exchange.Type} exchange; ours are durable and fanout"]))],
            [.. Subscriptions(bindings)]);
    }

    // A topic's exchange is bound to the exchange of a queue's name, that one to the queue; whoever does without MassTransit binds the queue itself.
    private static IEnumerable<SubscriptionFound> Subscriptions(IReadOnlyList<Binding> bindings)
    {
        var queuesBehind = bindings.Where(binding => binding is { DestinationType: "queue", Source.Length: > 0 }).ToLookup(binding => binding.Source, binding => binding.Destination);
        return bindings.Where(binding => binding.DestinationType == "exchange")
            .SelectMany(binding => queuesBehind[binding.Destination], (binding, queue) => (Topic: binding.Source, Queue: queue))
            .Concat(queuesBehind.SelectMany(behind => behind, (behind, queue) => (Topic: behind.Key, Queue: queue)).Where(pair => pair.Topic != pair.Queue))
            .Distinct().Select(pair => new SubscriptionFound(pair.Topic, pair.Queue, 0, []));
    }

    private static IEnumerable<string> Differences(Queue queue)
    {
        var type = queue.Arguments.TryGetValue("x-queue-type", out var named) ? named.ToString() : queue.Type ?? "classic";
        if (type != "quorum")
            yield return $"is a {type} queue; ours are quorum queues, which outlive the loss of a node";
        else if (!queue.Arguments.TryGetValue(QuorumQueues.DeliveryLimit, out var limit) || !limit.TryGetInt64(out var times) || times != QuorumQueues.NoDeliveryLimit)
            yield return $"has another {QuorumQueues.DeliveryLimit} than {QuorumQueues.NoDeliveryLimit}: after some restarts RabbitMQ 4 throws messages away";
        if (!queue.Durable)
            yield return "is not durable";
    }

    private async Task<IReadOnlyList<T>> Get<T>(string what, CancellationToken cancellationToken)
    {
        var broker = new Uri(options.ConnectionString!);
        var host = broker.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(broker.AbsolutePath[1..]) : "/";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.ManagementAddress!, $"/api/{what}/{Uri.EscapeDataString(host)}"));
        var user = Uri.UnescapeDataString(broker.UserInfo.Length == 0 ? "guest:guest" : broker.UserInfo);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new BrokerNotReadException($"Bus:ManagementAddress answered {(int)response.StatusCode} to {what}: the user of Bus:ConnectionString needs the tag monitoring or management, and its virtual host");
            return await response.Content.ReadFromJsonAsync<IReadOnlyList<T>>(Names, cancellationToken) ?? [];
        }
        catch (HttpRequestException exception)
        {
            throw new BrokerNotReadException("Bus:ManagementAddress does not answer: is the management plugin on, and the address right?", exception);
        }
        catch (JsonException exception)
        {
            throw new BrokerNotReadException($"Bus:ManagementAddress answered to {what} with something else than RabbitMQ's management API does", exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokerNotReadException("Bus:ManagementAddress did not answer in time", exception);
        }
    }

    // Figures are a few seconds late, and absent at first.
    private sealed record Queue(string Name, string? Type, bool Durable, IReadOnlyDictionary<string, JsonElement> Arguments, int? Consumers = null, long Messages = 0);

    private sealed record Exchange(string Name, string Type, bool Durable);

    private sealed record Binding(string Source, string Destination, string DestinationType);
}
