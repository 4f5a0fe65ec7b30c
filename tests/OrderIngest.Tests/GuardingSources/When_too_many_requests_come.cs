using System.Net;
using System.Text;
using OrderIngest.Tests.DescribingRoutes;
using RealServers;

namespace OrderIngest.Tests.GuardingSources;

public sealed class When_too_many_requests_come : IAsyncLifetime
{
    private readonly SqliteFile _database = new();

    [Fact]
    public async Task A_key_has_its_burst_and_is_then_told_when_to_come_again_while_others_are_not_held_up()
    {
        await using var ingest = await GuardedIngest.Start(_database.ConnectionString, new()
        {
            ["OrderIngest:Sources:pos:RequestsPerSecond"] = "1",
            ["OrderIngest:Sources:pos:RequestBurst"] = "5",
        });
        foreach (var n in Enumerable.Range(0, 5))
            Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order($"{n}"), "/orders", key: GuardedIngest.PosKey)).Says());
        // One a second comes back; requests come faster than that.
        using var refused = await UntilRefused(() => ingest.Post(GuardedIngest.Order("x"), "/orders", key: GuardedIngest.PosKey));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Shape.IsShown((await DescribedRoutes.Of(ingest.Services)).All.Single(route => route.Id == "PostOrder"), refused, await refused.Content.ReadAsStringAsync());
        Assert.Equal((429, "too-many-requests"), await refused.Says());
        Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order("web"), "/orders", key: GuardedIngest.WebKey)).Says());
        var later = await Eventually.Becomes(() => ingest.Get("/rejected", GuardedIngest.PosKey), response => response.StatusCode == HttpStatusCode.OK);
        later.Dispose();
    }

    [Fact]
    public async Task Whoever_guesses_keys_is_answered_as_often_as_configured()
    {
        await using var ingest = await GuardedIngest.Start(_database.ConnectionString, new() { ["OrderIngest:RefusedRequestsPerMinute"] = "3" });
        foreach (var guess in new[] { "a", "b", null })
            Assert.Equal((401, "no-valid-key"), await (await ingest.Get("/rejected", guess)).Says());
        using var refused = await UntilRefused(() => ingest.Get("/rejected", "c"));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        Assert.Equal((429, "too-many-requests"), await refused.Says());
    }

    [Fact]
    public async Task Whoever_guesses_keys_is_not_listened_to_but_keys_in_use_go_on_working()
    {
        await using var ingest = await GuardedIngest.Start(_database.ConnectionString, new() { ["OrderIngest:RefusedRequestsPerMinute"] = "1" });
        Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order("1"), "/orders", key: GuardedIngest.PosKey)).Says());
        // From here on a minute passes until another one is listened to.
        Assert.Equal((401, "no-valid-key"), await (await ingest.Get("/rejected", "a")).Says());
        using var refused = await ingest.Get("/rejected", "b");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal((429, "too-many-requests"), await refused.Says());
        Assert.Equal((429, "too-many-requests"), await (await ingest.Get("/rejected", null)).Says());
        // A key that was not used from here before looks like any other guess: else 429 would tell wrong ones from right ones.
        Assert.Equal((429, "too-many-requests"), await (await ingest.Get("/rejected", GuardedIngest.WebKey)).Says());
        // The till behind the same address is not shut out.
        Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order("2"), "/orders", key: GuardedIngest.PosKey)).Says());
    }

    [Fact]
    public async Task A_key_has_only_so_many_batches_under_way()
    {
        await using var ingest = await GuardedIngest.Start(_database.ConnectionString, new() { ["OrderIngest:Sources:pos:ConcurrentBatches"] = "1" });
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders/batch")
        {
            Content = new Slow(async stream =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(GuardedIngest.Order("1") + "\n"));
                await stream.FlushAsync();
                begun.SetResult();
                await end.Task;
            }),
        };
        request.Content.Headers.ContentType = new("application/x-ndjson");
        request.Headers.Add("X-Api-Key", GuardedIngest.PosKey);
        // The server asks for the body once the batch is under way; sent unasked, another batch could be there before it.
        request.Headers.ExpectContinue = true;
        using var patient = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = ingest.Http.BaseAddress };
        var first = patient.SendAsync(request);
        await begun.Task;
        using var refused = await ingest.Post("", "/orders/batch", "application/x-ndjson", GuardedIngest.PosKey);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal((429, "too-many-batches"), await refused.Says());
        // Single orders and other sources' batches go on.
        Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order("2"), "/orders", key: GuardedIngest.PosKey)).Says());
        Assert.Equal((200, null), await (await ingest.Post(GuardedIngest.Order("3"), "/orders/batch", "application/x-ndjson", GuardedIngest.WebKey)).Says());
        end.SetResult();
        Assert.Equal((200, null), await (await first).Says());
        Assert.Equal((200, null), await (await ingest.Post(GuardedIngest.Order("4"), "/orders/batch", "application/x-ndjson", GuardedIngest.PosKey)).Says());
    }

    [Fact]
    public async Task Where_no_key_is_required_nobody_is_counted()
    {
        await using var ingest = await RunningIngest.Start(_database.ConnectionString, new()
        {
            ["OrderIngest:Sources:pos:RequestsPerSecond"] = "1",
            ["OrderIngest:Sources:pos:RequestBurst"] = "1",
            ["OrderIngest:RefusedRequestsPerMinute"] = "1",
        });
        foreach (var n in Enumerable.Range(0, 10))
            Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order($"{n}"))).Says());
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>The first 429, or the last answer of fifty.</summary>
    private static async Task<HttpResponseMessage> UntilRefused(Func<Task<HttpResponseMessage>> send)
    {
        for (var left = 50; ; left--)
        {
            var response = await send();
            if (response.StatusCode == HttpStatusCode.TooManyRequests || left == 0)
                return response;
            response.Dispose();
        }
    }

    private sealed class Slow(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
