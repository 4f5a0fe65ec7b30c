using System.Net;
using System.Text;
using System.Text.Json;
using ProfileStoreStandIn.KeepingEvents;

namespace ProfileStoreStandIn.Tests;

public sealed class When_an_event_is_posted
{
    private const string Good = """{"deviceId":"d","eventType":"StorePurchase","value":"v","trackId":"t","eventTime":"2026-11-20T12:00:00.000Z","user":{"email":"a@b.example"},"scope":"default"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Authorization", "epi-single k")]
    [InlineData("Ocp-Apim-Subscription-Key", "k")]
    public async Task It_is_stored_with_either_header(string header, string value)
    {
        await using var store = await RunningStandIn.Start(new() { Key = "k" });

        Assert.Equal(HttpStatusCode.Accepted, await Post(store, Good, header, value));

        var stored = Assert.Single(await store.Events());
        Assert.Equal((1, "t", "d"), (stored.Sequence, stored.TrackId, stored.Event.GetProperty("deviceId").GetString()));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Authorization", "Bearer k")]
    [InlineData("Authorization", "epi-single wrong")]
    [InlineData("Ocp-Apim-Subscription-Key", "wrong")]
    public async Task It_is_refused_without_the_key(string? header, string? value)
    {
        await using var store = await RunningStandIn.Start(new() { Key = "k" });

        Assert.Equal(HttpStatusCode.Unauthorized, await Post(store, Good, header, value));

        Assert.Equal((1, 0, 1), ((await store.Summary()).Requests, (await store.Summary()).Stored, (await store.Summary()).Rejected["401"]));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"eventType":"e","value":"v"}""")]
    [InlineData("""{"deviceId":"","eventType":"e","value":"v"}""")]
    [InlineData("""{"deviceId":"d","value":"v"}""")]
    [InlineData("""{"deviceId":"d","eventType":"e"}""")]
    [InlineData("""{"deviceId":"d","eventType":"e","value":5}""")]
    [InlineData("""{"deviceId":"d","eventType":"e","value":"v","eventTime":"2026-11-20T12:00:00+01:00"}""")]
    [InlineData("""{"deviceId":"d","eventType":"e","value":"v","eventTime":"2026-13-20T12:00:00Z"}""")]
    [InlineData("""{"deviceId":"d","eventType":"e","value":"v","user":{"email":"nobody"}}""")]
    [InlineData("""{"deviceId":"d","eventType":"e","value":"v","scope":"Default"}""")]
    [InlineData("""{"deviceId":"d","eventType":"e","value":"v","scope":"typo"}""")]
    [InlineData("""{"deviceId":"d","eventType":"e","value":"v","payload":[]}""")]
    public async Task It_is_refused_when_it_breaks_a_rule(string body)
    {
        await using var store = await RunningStandIn.Start();

        Assert.Equal(HttpStatusCode.BadRequest, await Post(store, body));

        Assert.Empty(await store.Events());
    }

    [Fact]
    public async Task It_is_stored_in_a_scope_that_was_named_or_in_any_when_told_so()
    {
        var body = Good.Replace("default", "Web-Shop", StringComparison.Ordinal);
        await using var strict = await RunningStandIn.Start(new() { Scopes = ["webshop"] });
        await using var lenient = await RunningStandIn.Start(new() { AnyScope = true });

        Assert.Equal(HttpStatusCode.Accepted, await Post(strict, Good.Replace("default", "webshop", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.BadRequest, await Post(strict, body));
        Assert.Equal(HttpStatusCode.Accepted, await Post(lenient, body));
    }

    [Theory]
    [InlineData(0, HttpStatusCode.Accepted)]
    [InlineData(1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task It_may_have_256_KB_and_not_a_byte_more(int beyond, HttpStatusCode expected)
    {
        await using var store = await RunningStandIn.Start();
        var frame = """{"deviceId":"d","eventType":"e","value":""}""";

        Assert.Equal(expected, await Post(store, frame.Insert(frame.Length - 2, new string('x', 256 * 1024 + beyond - frame.Length))));
    }

    [Theory]
    [InlineData(100, HttpStatusCode.Accepted, 100)]
    [InlineData(101, HttpStatusCode.BadRequest, 0)]
    public async Task It_may_come_with_99_others(int count, HttpStatusCode expected, int stored)
    {
        await using var store = await RunningStandIn.Start();
        var events = Enumerable.Range(0, count).Select(index => Good.Replace("\"t\"", $"\"t{index}\"", StringComparison.Ordinal));

        Assert.Equal(expected, await Post(store, $"[{string.Join(',', events)}]", path: "TrackBulk"));

        Assert.Equal((stored, stored), ((await store.Summary()).Stored, (await store.Summary()).Distinct));
    }

    [Fact]
    public async Task It_is_cut_off_after_or_before_storing_when_told_so()
    {
        await using var store = await RunningStandIn.Start();
        await store.Misbehave(new() { DropAfterStoring = true, Times = 1 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Post(store, Good));
        Assert.Equal(1, (await store.Summary()).Stored);

        await store.Misbehave(new() { DropBeforeStoring = true, Times = 1 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Post(store, Good));
        Assert.Equal(1, (await store.Summary()).Stored);

        Assert.Equal(HttpStatusCode.Accepted, await Post(store, Good));
        var summary = await store.Summary();
        Assert.Equal((3, 2, 1, 2), (summary.Requests, summary.Stored, summary.Distinct, summary.Rejected["aborted"]));
        Assert.Equal("t", Assert.Single(summary.Doubled));
    }

    [Fact]
    public async Task It_is_answered_as_told_until_told_otherwise()
    {
        await using var store = await RunningStandIn.Start();
        await store.Misbehave(new() { Status = 503, RetryAfter = 7 });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Post(store, Good));
        await store.Misbehave(new() { Status = 500, Probability = 0 });
        Assert.Equal(HttpStatusCode.Accepted, await Post(store, Good));
        await store.Misbehave(new() { Status = 200 });
        Assert.Equal(HttpStatusCode.OK, await Post(store, Good));
        await store.Behave();
        Assert.Equal(HttpStatusCode.Accepted, await Post(store, Good));
        Assert.Equal(3, (await store.Summary()).Stored);
    }

    /// <summary>A load test posts a million events: what is kept stays bounded, what is counted stays right.</summary>
    [Fact]
    public void It_is_counted_among_a_million_others()
    {
        var store = new EventStore(keep: 1_000, TimeProvider.System);
        for (var i = 0; i < 1_000_000; i++)
            store.Store([JsonElement.Parse($$"""{"trackId":"{{new Guid(i, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8])}}"}""")], TrackingApi.TrackId);
        store.Store([JsonElement.Parse($$"""{"trackId":"{{new Guid(5, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8])}}"}""")], TrackingApi.TrackId);

        var summary = store.Summary();
        Assert.Equal((1_000_001, 1_000_000, 1), (summary.Stored, summary.Distinct, summary.DoubledCount));
        Assert.Equal(1_000, store.After(0, 10_000).Count);
        Assert.Equal(1_000_001, store.After(1_000_000, 1)[0].Sequence);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) < 200_000_000);
        GC.KeepAlive(store);
    }

    private static async Task<HttpStatusCode> Post(RunningStandIn store, string body, string? header = "Authorization", string? value = "epi-single k", string path = "Track")
    {
        using var http = new HttpClient { BaseAddress = store.Address };
        if (header is not null)
            http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri($"/api/v1.0/{path}", UriKind.Relative), content, Stop);
        return response.StatusCode;
    }
}
