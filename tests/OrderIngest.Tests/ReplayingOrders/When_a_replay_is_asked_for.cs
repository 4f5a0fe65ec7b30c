using System.Net;
using System.Text.Json.Nodes;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using RealServers;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.Tests.ReplayingOrders;

/// <summary>The routes, with a subscriber that has just made its queue.</summary>
public sealed class When_a_replay_is_asked_for : IAsyncLifetime
{
    private readonly SqliteFile _database = new();
    private readonly Subscriber _warehouse = new();
    private RunningIngest _ingest = null!;

    [Fact]
    public async Task A_dry_run_counts_and_changes_nothing()
    {
        await _ingest.Accept(3);

        var (status, preview) = await _ingest.Replay(ToWarehouse());

        Assert.Equal((HttpStatusCode.OK, 3, "warehouse", "OrderReceived"), (status, (int)preview["orders"]!, (string)preview["queue"]!, (string)preview["message"]!));
        Assert.Equal(3, (int)preview["days"]!.AsArray().Single()!["orders"]!);
        Assert.Empty((await _ingest.Ask(HttpMethod.Get, "/replays")).Body["replays"]!.AsArray());
        Assert.Empty(_warehouse.Received);
    }

    [Fact]
    public async Task Only_the_subscriber_that_was_named_gets_the_orders_marked_and_with_their_own_ids()
    {
        await _ingest.Accept(30);
        var live = _ingest.Received.All.Count;

        var replay = await _ingest.Replayed(ToWarehouse());
        var ended = await _ingest.Ended(replay);
        await Eventually.Holds(() => Task.FromResult(_warehouse.Received.Count == 30), what: "Thirty orders");

        var id = (Guid)replay["id"]!;
        Assert.All(_warehouse.Received, received =>
            Assert.Equal((id, received.OrderId, received.OrderId, $"{id:D}"), (((OrderReceived)received.Message).ReplayId!.Value, received.MessageId!.Value, received.CorrelationId!.Value, received.Header)));
        Assert.Equal(_ingest.Received.Ids.Order(), _warehouse.Received.Select(received => received.OrderId).Order());
        Assert.Equal((30, 30, 0), ((int)ended["orders"]!, (int)ended["sent"]!, (int)ended["passedOver"]!));
        Assert.Equal(live, _ingest.Received.All.Count);
        Assert.All(_ingest.Received.All, received => Assert.Null(received.Event.ReplayId));
    }

    [Fact]
    public async Task Customers_are_asked_for_in_the_name_of_the_one_queue()
    {
        await _ingest.Accept(5);

        var replay = await _ingest.Replayed(new() { ["destination"] = "odp" });
        await _ingest.Ended(replay);
        await Eventually.Holds(() => Task.FromResult(_warehouse.Received.Count == 5), what: "Five commands");

        Assert.Equal(("profile-store-sender-odp", "CustomerResolved"), ((string)replay["queue"]!, (string)replay["message"]!));
        Assert.All(_warehouse.Received, received =>
        {
            var command = Assert.IsType<ResolveCustomerForReplay>(received.Message);
            Assert.Equal(("profile-store-sender-odp", (Guid)replay["id"]!, received.OrderId), (command.Queue, command.ReplayId, received.MessageId!.Value));
        });
    }

    [Fact]
    public async Task The_same_confirmation_again_is_the_same_replay_and_of_another_request_it_is_none()
    {
        await _ingest.Accept(3);
        var (_, preview) = await _ingest.Replay(ToWarehouse());
        var confirmed = ReplayRequests.Confirmed(ToWarehouse(), preview);
        var first = (await _ingest.Replay(confirmed)).Body;
        await _ingest.Ended(first);
        var again = (await _ingest.Replay(confirmed)).Body;
        Assert.Equal((string)first["id"]!, (string)again["id"]!);
        Assert.Equal(3, _warehouse.Received.Count);

        var other = ReplayRequests.Confirmed(new() { ["destination"] = "odp" }, preview);
        Assert.Equal(HttpStatusCode.BadRequest, (await _ingest.Replay(other)).Status);
        var altered = confirmed.DeepClone().AsObject();
        altered["confirm"] = ((string)altered["confirm"]!).Replace(".3.", ".4.", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await _ingest.Replay(altered)).Status);
        confirmed.Remove("confirm");
        Assert.Equal(HttpStatusCode.BadRequest, (await _ingest.Replay(confirmed)).Status);
        Assert.Single((await _ingest.Ask(HttpMethod.Get, "/replays")).Body["replays"]!.AsArray());
    }

    [Fact]
    public async Task It_is_paused_resumed_and_cancelled()
    {
        await _ingest.Accept(20);
        var request = ToWarehouse();
        request["ordersPerSecond"] = 1;
        var replay = await _ingest.Replayed(request);

        Assert.Equal("paused", (string?)(await Move("pause")).Body["state"]);
        Assert.Equal((HttpStatusCode.OK, "paused"), ((await Move("pause")).Status, (string?)(await Move("pause")).Body["state"]));
        Assert.Equal("running", (string?)(await Move("resume")).Body["state"]);
        Assert.Equal("cancelled", (string?)(await Move("cancel")).Body["state"]);
        Assert.Equal(HttpStatusCode.Conflict, (await Move("resume")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Move("pause")).Status);
        Assert.InRange(_warehouse.Received.Count, 0, 10);

        Task<(HttpStatusCode Status, JsonObject Body)> Move(string what) => _ingest.Ask(HttpMethod.Post, $"/replays/{replay["id"]}/{what}");
    }

    [Theory]
    [InlineData("""{}""", "either queue or destination")]
    [InlineData("""{"queue":"warehouse","destination":"odp"}""", "either queue or destination")]
    [InlineData("""{"queue":"warehouse"}""", "message")]
    [InlineData("""{"queue":"warehouse","message":"OrderTracked"}""", "message")]
    [InlineData("""{"queue":"email-marketing","message":"OrderReceived"}""", "message")]
    [InlineData("""{"destination":"elsewhere"}""", "destination")]
    [InlineData("""{"queue":"order-journey","message":"OrderReceived"}""", "every subscriber")]
    [InlineData("""{"queue":"customer-resolution","message":"OrderReceived"}""", "every subscriber")]
    [InlineData("""{"queue":"customer-resolution-replays","message":"OrderReceived"}""", "neither")]
    [InlineData("""{"queue":"profile-store-sender-consents","message":"CustomerResolved"}""", "neither")]
    [InlineData("""{"queue":"erp-orders","message":"OrderReceived"}""", "neither")]
    [InlineData("""{"queue":"warehouse_error","message":"OrderReceived"}""", "own")]
    [InlineData("""{"queue":"amq.direct","message":"OrderReceived"}""", "own")]
    [InlineData("""{"queue":"customer-resolution-instance-1","message":"OrderReceived"}""", "own")]
    [InlineData("""{"queue":"a?bind=true","message":"OrderReceived"}""", "no name")]
    [InlineData("""{"queue":"warehouse","message":"OrderReceived","from":"yesterday"}""", "from")]
    [InlineData("""{"queue":"warehouse","message":"OrderReceived","from":"2026-11-20","to":"2026-11-20"}""", "from")]
    [InlineData("""{"queue":"warehouse","message":"OrderReceived","businessDateFrom":"2026-11-20","businessDateTo":"2026-11-19"}""", "from")]
    [InlineData("""{"queue":"warehouse","message":"OrderReceived","stores":[]}""", "stores")]
    [InlineData("""{"queue":"warehouse","message":"OrderReceived","ordersPerSecond":0}""", "ordersPerSecond")]
    [InlineData("""{"queue":"warehouse","message":"OrderReceived","store":"1"}""", null)]
    public async Task What_says_nothing_usable_is_refused(string body, string? says)
    {
        var (status, problem) = await _ingest.Replay(JsonNode.Parse(body)!);
        Assert.Equal((HttpStatusCode.BadRequest, "request-not-understood"), (status, (string?)problem["code"]));
        if (says is not null)
            Assert.Contains(says, (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("email-marketing")]
    [InlineData("profile-store-sender")]
    public async Task A_declared_queue_gets_what_it_is_subscribed_to(string queue) =>
        Assert.Equal("CustomerResolved", (string?)(await _ingest.Replay(new { queue })).Body["message"]);

    [Fact]
    public async Task Only_an_operators_key_opens_it()
    {
        await using var database = new SqliteFile();
        await using var ingest = await RunningIngest.Start(database.ConnectionString, new()
        {
            ["OrderIngest:Sources:pos:ApiKeyHash"] = ApiKeys.Hash("pos"),
            ["OrderIngest:OperatorKeyHashes:0"] = ApiKeys.Hash("operator"),
        }, environment: "Production");
        var some = new { queue = "email-marketing" };

        Assert.Equal(HttpStatusCode.Unauthorized, (await ingest.Replay(some)).Status);
        var (status, refusal) = await ingest.Replay(some, "pos");
        Assert.Equal((HttpStatusCode.Forbidden, "operators-only"), (status, (string?)refusal["code"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await ingest.Ask(HttpMethod.Get, "/replays", key: "pos")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ingest.Ask(HttpMethod.Post, $"/replays/{Guid.NewGuid()}/cancel", key: "pos")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ingest.Replay(some, "operator")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ingest.Ask(HttpMethod.Get, "/replays", key: "operator")).Status);
    }

    public async ValueTask InitializeAsync() => _ingest = await RunningIngest.Start(_database.ConnectionString, subscribe: _warehouse.Subscribe);

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static JsonObject ToWarehouse() => new() { ["queue"] = "warehouse", ["message"] = "OrderReceived" };
}
