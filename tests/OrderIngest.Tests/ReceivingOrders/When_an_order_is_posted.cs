using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.ReceivingOrders;

public abstract class When_an_order_is_posted : OnEitherDatabase
{
    private RunningIngest _ingest = null!;

    [Fact]
    public async Task It_is_written_down_and_published_with_its_id()
    {
        using var response = await _ingest.Post(Submitted.Json(Submitted.Order()));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var answer = await Body(response);
        var id = answer["orderId"]!.GetValue<Guid>();
        Assert.False(answer["duplicate"]!.GetValue<bool>());
        Assert.Equal($"/orders/{id:D}", response.Headers.Location!.ToString());

        await Eventually.Holds(() => Task.FromResult(_ingest.Received.Ids.Contains(id)));
        var received = Assert.Single(_ingest.Received.All);
        Assert.Equal((id, id), (received.MessageId, received.CorrelationId));
        Assert.Equal("2900000000017", received.Event.Order.Customer.LoyaltyCard);
        var state = await Eventually.Becomes(() => _ingest.Http.GetFromJsonAsync<JsonElement>(response.Headers.Location), state => state.GetProperty("state").GetString() == "published");
        Assert.DoesNotContain("2900000000017", state.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("S012", state.GetProperty("order").GetProperty("storeId").GetString());
        Assert.True(state.GetProperty("publishedAt").GetDateTimeOffset() >= state.GetProperty("receivedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task It_has_no_second_effect_when_it_comes_again()
    {
        using var first = await _ingest.Post(Submitted.Json(Submitted.Order(price: 9.90m)));
        using var again = await _ingest.Post(Submitted.Json(Submitted.Order(price: 9.9m)));
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.True((await Body(again))["duplicate"]!.GetValue<bool>());
        Assert.Equal(1, (await _ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task It_is_a_conflict_when_it_comes_again_changed()
    {
        using var first = await _ingest.Post(Submitted.Json(Submitted.Order(price: 9.90m)));
        using var changed = await _ingest.Post(Submitted.Json(Submitted.Order(price: 8.90m)));
        Assert.Equal(HttpStatusCode.Conflict, changed.StatusCode);
        Assert.Equal("application/problem+json", changed.Content.Headers.ContentType!.MediaType);
        Assert.Equal("changed-after-acceptance", (await Body(changed))["reason"]!.GetValue<string>());
        Assert.Equal("changed-after-acceptance", Assert.Single(await _ingest.Rejected("pos")).Reason);
    }

    [Fact]
    public async Task It_is_refused_with_every_fault_and_kept()
    {
        var order = Submitted.Node(Submitted.Order());
        (order["currency"], order["lines"]![0]!["quantity"]) = ("EURO", -2);
        using var response = await _ingest.Post(order.ToJsonString());
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["$.currency", "$.lines[0].quantity"], (await Body(response))["faults"]!.AsArray().Select(fault => fault!["at"]!.GetValue<string>()));
        var kept = Assert.Single(await _ingest.Rejected("pos"));
        Assert.Contains(kept.Faults, fault => fault.At == "$.lines[0].quantity");
        Assert.Equal(0, (await _ingest.Journal.Count(default)).Accepted);
        Assert.Contains("$.currency", await _ingest.Http.GetStringAsync("/rejected"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_refused_when_it_is_no_json_or_too_large()
    {
        using var xml = await _ingest.Post("<order/>", type: "application/xml");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, xml.StatusCode);
        using var large = await _ingest.Post(new byte[1024 * 1024 + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var empty = await _ingest.Post("");
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    [Fact]
    public async Task It_may_name_its_source_itself_where_no_key_is_required()
    {
        var order = Submitted.Node(Submitted.Order());
        order["source"] = "POS";
        using var known = await _ingest.Post(order.ToJsonString(), "/orders");
        using var again = await _ingest.Post(Submitted.Json(Submitted.Order()), "/orders?source=pos");
        Assert.True((await Body(again))["duplicate"]!.GetValue<bool>());
        order["source"] = "nobody";
        using var unknown = await _ingest.Post(order.ToJsonString(), "/orders");
        Assert.Equal("$.source", (await Body(unknown))["faults"]![0]!["at"]!.GetValue<string>());
        using var unnamed = await _ingest.Post(Submitted.Json(Submitted.Order()), "/orders");
        Assert.Equal("$.source", (await Body(unnamed))["faults"]![0]!["at"]!.GetValue<string>());
        using var query = await _ingest.Post(Submitted.Json(Submitted.Order()), "/orders?source=nobody");
        Assert.Contains("OrderIngest:Sources", (await Body(query))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_connection_is_not_closed_after_the_answer()
    {
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) =>
            {
                connections++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler) { BaseAddress = _ingest.Http.BaseAddress };
        foreach (var n in Enumerable.Range(0, 4))
        {
            using var body = new StringContent(Submitted.Json(Submitted.Order($"{n}")), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync("/orders?source=pos", body);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }
        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task Many_at_once_are_each_accepted_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async n =>
        {
            using var response = await _ingest.Post(Submitted.Json(Submitted.Order($"{n % 100}")));
            return (await Body(response))["duplicate"]!.GetValue<bool>();
        }));
        Assert.Equal(100, answers.Count(duplicate => duplicate));
        await Eventually.Becomes(() => Task.FromResult(_ingest.Received.Ids.Count), count => count == 100);
    }

    protected override async Task Begin() => _ingest = await RunningIngest.Start(Database);

    protected override async Task End() => await _ingest.DisposeAsync();

    private static async Task<JsonNode> Body(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}

public sealed class When_an_order_is_posted_on_PostgreSql : When_an_order_is_posted
{
    protected override bool OnPostgres => true;
}

public sealed class When_an_order_is_posted_on_Sqlite : When_an_order_is_posted
{
    protected override bool OnPostgres => false;
}
