using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderIngest.Tests.DescribingRoutes;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.GuardingSources;

/// <summary>Every error is problem+json with a code, whoever answers it and whatever the client said it accepts.</summary>
public sealed class When_a_request_is_refused : IAsyncLifetime
{
    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not-found")]
    [InlineData("GET", "/orders/not-a-guid", 404, "not-found")]
    [InlineData("DELETE", "/orders", 405, "method-not-allowed")]
    [InlineData("GET", "/rejected?limit=many", 400, "request-not-understood")]
    [InlineData("GET", "/rejected?source=nobody", 403, "another-source")]
    [InlineData("POST", "/orders", 415, "unsupported-content-type")]
    [InlineData("POST", "/orders/batch", 415, "unsupported-content-type")]
    public async Task The_frameworks_own_errors_are_problems_too(string method, string path, int status, string code)
    {
        foreach (var accept in new[] { "*/*", "application/json", "text/html", "application/xml" })
        {
            using var request = new HttpRequestMessage(new(method), path);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            request.Headers.Add("X-Api-Key", GuardedIngest.PosKey);
            if (method == "POST")
                request.Content = new StringContent("order", Encoding.UTF8, "text/plain");
            Assert.Equal((status, code), await (await _ingest.Http.SendAsync(request)).Says());
        }
    }

    [Fact]
    public async Task Sizes_and_depths_are_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 17)) + string.Concat(Enumerable.Repeat("]", 17));
        var order = Submitted.Node(Submitted.Order());
        order["more"] = JsonNode.Parse(deep);
        Assert.Equal((400, "order-invalid"), await (await _ingest.Post(order.ToJsonString(), "/orders", key: GuardedIngest.PosKey)).Says());
        // As deep as JSON itself would let it be, a hundred thousand levels: no stack overflows.
        Assert.Equal((400, "order-invalid"), await (await _ingest.Post(new string('[', 100_000), "/orders", key: GuardedIngest.PosKey)).Says());
        Assert.Equal((413, "order-too-large"), await (await _ingest.Post(new byte[1024 * 1024 + 1], "/orders", key: GuardedIngest.PosKey)).Says());
        Assert.Equal((202, null), await (await _ingest.Post(GuardedIngest.Order("1").PadRight(1024 * 1024), "/orders", key: GuardedIngest.PosKey)).Says());
    }

    [Theory]
    [InlineData("Content-Length: 9000000000", "")]
    [InlineData("Transfer-Encoding: chunked", "180000\r\n")]
    public async Task A_body_that_is_too_large_is_refused_before_it_has_come(string length, string begin)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_ingest.Http.BaseAddress!.Host, _ingest.Http.BaseAddress.Port);
        var stream = client.GetStream();
        var head = $"POST /orders HTTP/1.1\r\nHost: x\r\nX-Api-Key: {GuardedIngest.PosKey}\r\nContent-Type: application/json\r\n{length}\r\n\r\n{begin}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        // A little more than is allowed; the rest never comes.
        if (begin.Length > 0)
            await stream.WriteAsync(new byte[1024 * 1024 + 100_000]);
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task A_slow_sender_and_long_headers_are_the_servers_business()
    {
        var limits = _ingest.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal((240d, 32 * 1024), (limits.MinRequestBodyDataRate?.BytesPerSecond, limits.MaxRequestHeadersTotalSize));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.TryAddWithoutValidation("X-Long", new string('x', 40_000));
        using var response = await _ingest.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Who_is_not_let_in_is_told_nothing_about_the_rest_of_the_request()
    {
        // A parameter that cannot be understood is bound only afterwards, and so would a body be.
        Assert.Equal((401, "no-valid-key"), await (await _ingest.Get("/rejected?limit=many", null)).Says());
        Assert.Equal((400, "request-not-understood"), await (await _ingest.Get("/rejected?limit=many", GuardedIngest.PosKey)).Says());
    }

    [Fact]
    public async Task What_a_batch_cannot_use_at_all_is_said_once()
    {
        Assert.Equal((400, "header-not-understood"), await (await _ingest.Post("sku\n1", "/orders/batch", "text/csv", GuardedIngest.PosKey)).Says());
        Assert.Equal((409, "changed-after-acceptance"), await Conflict());
    }

    [Fact]
    public async Task No_answer_is_kept_by_a_cache_or_taken_for_a_page()
    {
        foreach (var (path, key) in new[] { ("/rejected", GuardedIngest.PosKey), ("/rejected", "wrong"), ($"/orders/{Guid.Empty}", GuardedIngest.PosKey) })
        {
            using var response = await _ingest.Get(path, key);
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Each_refusal_has_the_members_that_the_document_shows()
    {
        var routes = await DescribedRoutes.Of(_ingest.Services);
        await Shown("PostOrder", await _ingest.Post(GuardedIngest.Order("1"), "/orders", key: "wrong"));
        await Shown("PostOrder", await _ingest.Post(GuardedIngest.Order("1"), "/orders?source=web", key: GuardedIngest.PosKey));
        await Shown("PostOrder", await _ingest.Post(GuardedIngest.Order("1"), "/orders?source=nobody", key: null));
        await Shown("PostOrder", await _ingest.Post("{}", "/orders", key: GuardedIngest.PosKey));
        await Shown("PostOrder", await _ingest.Post("<a/>", "/orders", "text/xml", GuardedIngest.PosKey));
        await Shown("PostOrder", await _ingest.Post(new byte[1024 * 1024 + 1], "/orders", key: GuardedIngest.PosKey));
        await Shown("PostOrders", await _ingest.Post("sku\n1", "/orders/batch", "text/csv", GuardedIngest.PosKey));
        await Shown("PostOrders", await _ingest.Post("1", "/orders/batch?format=xlsx", "text/csv", GuardedIngest.PosKey));
        await Shown("PostOrders", await _ingest.Post("1", "/orders/batch", "text/plain", GuardedIngest.PosKey));
        await Shown("GetRejected", await _ingest.Get("/rejected?falut=x", GuardedIngest.PosKey));
        await Shown("SummariseRejected", await _ingest.Get("/rejected/summary?file=monday.csv", GuardedIngest.PosKey));
        await Shown("DownloadRejected", await _ingest.Get("/rejected/download?file=monday.csv", GuardedIngest.PosKey));
        await Shown("ResubmitRejectedInput", await _ingest.Post("1", "/rejected/999999/resubmit", "text/csv", GuardedIngest.PosKey));
        await Shown("ResubmitRejectedInput", await _ingest.Post("1", "/rejected/999999/resubmit", "text/plain", GuardedIngest.PosKey));
        foreach (var (id, path) in new[] { ("PreviewRejected", "preview"), ("ResubmitRejected", "resubmit"), ("DismissRejected", "dismiss"), ("ReopenRejected", "reopen") })
        {
            await Shown(id, await _ingest.Post("{}", $"/rejected/{path}", key: GuardedIngest.PosKey));
            await Shown(id, await _ingest.Post("""{"filtre":{}}""", $"/rejected/{path}", key: GuardedIngest.PosKey));
            await Shown(id, await _ingest.Post("{}", $"/rejected/{path}", "text/plain", GuardedIngest.PosKey));
        }
        await Shown("GetFiles", await _ingest.Get("/files?state=ready", GuardedIngest.PosKey));
        await Shown("GetFile", await _ingest.Get("/files/999999", GuardedIngest.PosKey));
        await Shown("GetOrder", await _ingest.Get($"/orders/{Guid.Empty}", GuardedIngest.PosKey));

        async Task Shown(string id, HttpResponseMessage response)
        {
            Shape.IsShown(routes.All.Single(route => route.Id == id), response, await response.Content.ReadAsStringAsync());
            response.Dispose();
        }
    }

    public async ValueTask InitializeAsync() => _ingest = await GuardedIngest.Start(_database.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<(int Status, string? Code)> Conflict()
    {
        using var first = await _ingest.Post(Submitted.Json(Submitted.Order(price: 9.90m)), "/orders", key: GuardedIngest.PosKey);
        return await (await _ingest.Post(Submitted.Json(Submitted.Order(price: 8.90m)), "/orders", key: GuardedIngest.PosKey)).Says();
    }
}
