using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MessageExamples;
using RealServers;

namespace OrderIngest.Tests.GuardingSources;

public sealed class When_requests_are_signed : IAsyncLifetime
{
    private static readonly byte[] Old = [.. Enumerable.Range(0, 32).Select(n => (byte)n)], New = [.. Enumerable.Range(100, 48).Select(n => (byte)n)];

    private readonly SqliteFile _database = new();
    private readonly ManualTime _senders = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
    private RunningIngest _ingest = null!;

    [Fact]
    public async Task A_right_signature_with_either_secret_opens_every_route()
    {
        Assert.Equal((202, null), await (await Send(Old, GuardedIngest.Order("1"))).Says());
        using var posted = await Send(New, GuardedIngest.Order("2"));
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        Assert.Equal((200, null), await (await Send(New, null, posted.Headers.Location!.ToString())).Says());
        Assert.Equal((200, null), await (await Send(New, null, "/rejected?limit=5")).Says());
        Assert.Equal((401, "signature-missing"), await (await _ingest.Get(posted.Headers.Location!.ToString(), GuardedIngest.PosKey)).Says());
        // The other source does not sign, and need not.
        Assert.Equal((202, null), await (await _ingest.Post(GuardedIngest.Order("3"), "/orders", key: GuardedIngest.WebKey)).Says());
    }

    [Fact]
    public async Task Whatever_is_changed_on_the_way_is_refused_and_nothing_is_kept()
    {
        var order = GuardedIngest.Order("1");
        Assert.Equal((401, "signature-missing"), await (await _ingest.Post(order, "/orders", key: GuardedIngest.PosKey)).Says());
        Assert.Equal((401, "signature-wrong"), await (await Send(Old, order, change: request => request.Content = Json(GuardedIngest.Order("2")))).Says());
        Assert.Equal((401, "signature-wrong"), await (await Send(Old, order, change: request => request.RequestUri = new(request.RequestUri! + "?source=pos"))).Says());
        Assert.Equal((401, "signature-wrong"), await (await Send(Old, order, change: request => Replace(request, "X-Timestamp", timestamp => $"{long.Parse(timestamp, null) + 1}"))).Says());
        Assert.Equal((401, "signature-wrong"), await (await Send(new byte[32], order)).Says());
        Assert.Equal((401, "signature-missing"), await (await Send(Old, order, change: request => Replace(request, "X-Signature", signature => signature[3..]))).Says());
        // A signature opens nothing without the key.
        Assert.Equal((401, "no-valid-key"), await (await Send(Old, order, key: "wrong")).Says());
        var counts = await _ingest.Journal.Count(default);
        Assert.Equal((0, 0), (counts.Accepted, counts.RejectedInputs));
    }

    [Theory]
    [InlineData(-310)]
    [InlineData(310)]
    public async Task A_time_outside_of_the_window_is_answered_with_the_time_here(int seconds)
    {
        _senders.Advance(TimeSpan.FromSeconds(seconds));
        using var response = await Send(Old, GuardedIngest.Order("1"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("timestamp-outside-window", (string?)answer["code"]);
        Assert.InRange((long)answer["serverTime"]!, _senders.GetUtcNow().ToUnixTimeSeconds() - seconds, _senders.GetUtcNow().ToUnixTimeSeconds() - seconds + 120);
        _senders.Advance(TimeSpan.FromSeconds(-Math.Sign(seconds) * 60));
        Assert.Equal((202, null), await (await Send(Old, GuardedIngest.Order("1"))).Says());
    }

    [Fact]
    public async Task The_same_request_again_within_the_window_is_a_duplicate_without_effect()
    {
        var signed = await Sign(Old, GuardedIngest.Order("1"));
        var answers = new List<bool>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, signed.RequestUri) { Content = Json(GuardedIngest.Order("1")) };
            foreach (var header in signed.Headers)
                request.Headers.Add(header.Key, header.Value);
            using var response = await _ingest.Http.SendAsync(request);
            answers.Add((bool)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["duplicate"]!);
        }
        Assert.Equal([false, true, true], answers);
        Assert.Equal(1, (await _ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task A_batch_is_journaled_only_when_its_signature_is_right()
    {
        // Long enough to be spooled to a file.
        var lines = string.Concat(Enumerable.Range(0, 2000).Select(n => GuardedIngest.Order($"{n}") + "\n"));
        Assert.True(lines.Length > 600_000);
        Assert.Equal((401, "signature-wrong"), await (await Send(New, lines, "/orders/batch", change: request => request.Content = Json(lines + " ", "application/x-ndjson"))).Says());
        Assert.Equal(0, (await _ingest.Journal.Count(default)).Accepted);
        using var response = await Send(New, lines, "/orders/batch", type: "application/x-ndjson");
        Assert.Equal(2000, (int)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["accepted"]!);
        // Another test may spool at this moment.
        await Eventually.Holds(() => Task.FromResult(!Spooled().Any()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_that_is_larger_than_allowed_is_refused(bool announced)
    {
        var lines = new string(' ', 1_000_001);
        Assert.Equal((413, "too-large"), await (await Send(New, lines, "/orders/batch", type: "application/x-ndjson", change: request => request.Headers.TransferEncodingChunked = !announced)).Says());
        // Another test may spool at this moment.
        await Eventually.Holds(() => Task.FromResult(!Spooled().Any()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signed_order_that_is_larger_than_allowed_is_refused(bool announced)
    {
        var order = new string(' ', 10_001);
        Assert.Equal((413, "too-large"), await (await Send(New, order, change: request => request.Headers.TransferEncodingChunked = !announced)).Says());
    }

    public async ValueTask InitializeAsync() => _ingest = await GuardedIngest.Start(_database.ConnectionString, new()
    {
        ["OrderIngest:Sources:pos:Signature:Secrets:0"] = Convert.ToBase64String(Old),
        ["OrderIngest:Sources:pos:Signature:Secrets:1"] = Convert.ToBase64String(New),
        ["OrderIngest:MaxSignedBatchBytes"] = "1000000",
        ["OrderIngest:MaxOrderBytes"] = "10000",
    });

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Files that a body was spooled to, by name: there is a moment at most in which one has a name.</summary>
    private static IEnumerable<string> Spooled() => Directory.GetDirectories(Path.GetTempPath(), "order-ingest-signed-*").SelectMany(Directory.GetFiles);

    private static ByteArrayContent Json(string body, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static void Replace(HttpRequestMessage request, string header, Func<string, string> change)
    {
        var value = change(request.Headers.GetValues(header).Single());
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
    }

    private async Task<HttpResponseMessage> Send(
        byte[] secret, string? body, string path = "/orders", string type = "application/json", string key = GuardedIngest.PosKey, Action<HttpRequestMessage>? change = null)
    {
        using var request = await Sign(secret, body, path, type, key);
        change?.Invoke(request);
        return await _ingest.Http.SendAsync(request);
    }

    /// <summary>Signed as the sample does, but not sent, so that a test can change it on the way.</summary>
    private async Task<HttpRequestMessage> Sign(byte[] secret, string? body, string path = "/orders", string type = "application/json", string key = GuardedIngest.PosKey)
    {
        var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(_ingest.Http.BaseAddress!, path));
        if (body is not null)
            request.Content = Json(body, type);
        request.Headers.Add("X-Api-Key", key);
        using var signing = new HttpMessageInvoker(new SigningHandler(secret, _senders) { InnerHandler = new Nowhere() });
        using var nothing = await signing.SendAsync(request, CancellationToken.None);
        return request;
    }

    private sealed class Nowhere : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage());
    }
}
