using System.Net;
using System.Text.Json.Nodes;
using OrderIngest.Tests.ReadingOrders;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.Tests.GuardingSources;

public sealed class When_a_key_is_for_some_stores : IAsyncLifetime
{
    private const string NorthKey = "key of the north";

    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;

    [Fact]
    public async Task It_sends_their_orders_and_no_others()
    {
        Assert.Equal((202, null), await (await _ingest.Post(GuardedIngest.Order("1", "N1"), "/orders", key: NorthKey)).Says());
        Assert.Equal((202, null), await (await _ingest.Post(GuardedIngest.Order("1", "N2"), "/orders", key: NorthKey)).Says());
        Assert.Equal((403, "another-store"), await (await _ingest.Post(GuardedIngest.Order("1", "S1"), "/orders", key: NorthKey)).Says());
        // Store numbers are compared as they are written: n1 is another store.
        Assert.Equal((403, "another-store"), await (await _ingest.Post(GuardedIngest.Order("1", "n1"), "/orders", key: NorthKey)).Says());
        var counts = await _ingest.Journal.Count(default);
        Assert.Equal((2, 0), (counts.Accepted, counts.RejectedInputs));
    }

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    public async Task In_a_batch_the_others_are_rejected_one_by_one(string type)
    {
        var orders = new[] { "N1", "S1", "N2" }.Select(store => Submitted.Order("7") with { StoreId = store }).ToArray();
        var body = type == "text/csv" ? FlatFile.Of(orders) : string.Join('\n', orders.Select(Submitted.Json));
        using var response = await _ingest.Post(body, "/orders/batch", type, NorthKey);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((2, 1), ((int)answer["accepted"]!, (int)answer["rejected"]!));
        Assert.Equal("storeId", (string)Assert.Single(Assert.Single(answer["lines"]!.AsArray())!["faults"]!.AsArray())!["at"]!);
        // It is not lost: whoever looks after the whole source finds it.
        Assert.Equal(1, (await _ingest.Journal.Count(default)).RejectedInputs);
        Assert.Equal(HttpStatusCode.OK, (await _ingest.Get("/rejected", GuardedIngest.PosKey)).StatusCode);
    }

    [Fact]
    public async Task It_sees_only_their_orders()
    {
        using var north = await _ingest.Post(GuardedIngest.Order("1", "N1"), "/orders", key: GuardedIngest.PosKey);
        using var south = await _ingest.Post(GuardedIngest.Order("1", "S1"), "/orders", key: GuardedIngest.PosKey);
        Assert.Equal((200, null), await (await _ingest.Get(north.Headers.Location!.ToString(), NorthKey)).Says());
        Assert.Equal((404, "not-found"), await (await _ingest.Get(south.Headers.Location!.ToString(), NorthKey)).Says());
        Assert.Equal((404, "not-found"), await (await _ingest.Get($"/orders/{Guid.NewGuid()}", NorthKey)).Says());
        Assert.Equal((200, null), await (await _ingest.Get(south.Headers.Location!.ToString(), GuardedIngest.PosKey)).Says());
    }

    [Fact]
    public async Task Routes_about_the_whole_source_are_closed_to_it()
    {
        Assert.Equal((403, "key-of-some-stores"), await (await _ingest.Get("/rejected", NorthKey)).Says());
        Assert.Equal((200, null), await (await _ingest.Get("/rejected", GuardedIngest.PosKey)).Says());
    }

    public async ValueTask InitializeAsync() => _ingest = await GuardedIngest.Start(_database.ConnectionString, new()
    {
        ["OrderIngest:Sources:pos:ApiKeys:0:Hash"] = ApiKeys.Hash(NorthKey),
        ["OrderIngest:Sources:pos:ApiKeys:0:Name"] = "north",
        ["OrderIngest:Sources:pos:ApiKeys:0:Stores:0"] = "N1",
        ["OrderIngest:Sources:pos:ApiKeys:0:Stores:1"] = " N2 ",
    });

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }
}
