using System.Net;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.Tests.GuardingSources;

public sealed class When_keys_are_required : IAsyncLifetime
{
    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;

    [Theory]
    [InlineData(null, "/orders", HttpStatusCode.Unauthorized)]
    [InlineData("wrong", "/orders", HttpStatusCode.Unauthorized)]
    [InlineData(null, "/orders?source=pos", HttpStatusCode.Unauthorized)]
    [InlineData("key of pos", "/orders", HttpStatusCode.Accepted)]
    [InlineData("key of pos", "/orders?source=pos", HttpStatusCode.Accepted)]
    [InlineData("key of pos", "/orders?source=web", HttpStatusCode.Forbidden)]
    public async Task The_key_tells_the_source(string? key, string path, HttpStatusCode expected)
    {
        using var response = await _ingest.Post(Submitted.Json(Submitted.Order()), path, key: key);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Accepted ? 1 : 0, (await _ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task A_body_that_names_another_source_is_forbidden()
    {
        var order = Submitted.Node(Submitted.Order());
        order["source"] = "web";
        using var response = await _ingest.Post(order.ToJsonString(), "/orders", key: "key of pos");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_source_sees_only_its_own()
    {
        using var posted = await _ingest.Post(Submitted.Json(Submitted.Order()), "/orders", key: "key of pos");
        using var refused = await _ingest.Post("{}", "/orders", key: "key of pos");
        Assert.Equal(HttpStatusCode.OK, (await Get(posted.Headers.Location!.ToString(), "key of pos")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(posted.Headers.Location!.ToString(), "key of web")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(posted.Headers.Location!.ToString(), null)).Status);
        Assert.Equal(1, Listed((await Get("/rejected", "key of pos")).Body));
        Assert.Equal(0, Listed((await Get("/rejected", "key of web")).Body));
    }

    public async ValueTask InitializeAsync() => _ingest = await RunningIngest.Start(_database.ConnectionString, new()
    {
        ["OrderIngest:Sources:pos:ApiKeyHash"] = ApiKeys.Hash("key of pos"),
        ["OrderIngest:Sources:web:ApiKeyHash"] = ApiKeys.Hash("key of web").ToUpperInvariant(),
    }, environment: "Production");

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static int Listed(string body) => JsonDocument.Parse(body).RootElement.GetProperty("rejected").GetArrayLength();

    private async Task<(HttpStatusCode Status, string Body)> Get(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        using var response = await _ingest.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
