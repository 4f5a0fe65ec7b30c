using System.Net;
using System.Text;
using System.Text.Json;

namespace OdpStandIn.Tests;

public sealed class When_events_are_posted
{
    private const string Good = """{"type":"order","action":"purchase","identifiers":{"email":"a@b.example"},"data":{"ts":1795176000,"order":{"order_id":"o-1","total":5,"items":[{"product_id":"p","price":5,"quantity":0.5,"subtotal":2.5}]}}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task They_are_refused_without_the_key(string? key)
    {
        await using var odp = await RunningOdp.Start(new() { Key = "k" });

        var (status, answer) = await Post(odp, $"[{Good}]", key);

        Assert.Equal((HttpStatusCode.Forbidden, "Forbidden"), (status, answer.GetProperty("message").GetString()));
        Assert.Empty(await odp.Events());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("5")]
    [InlineData("""{"action":"purchase","identifiers":{"email":"a@b.example"}}""")]
    [InlineData("""{"type":"visit","identifiers":{"email":"a@b.example"}}""")]
    [InlineData("""{"type":"visit","action":"a"}""")]
    [InlineData("""{"type":"visit","action":"a","identifiers":{}}""")]
    [InlineData("""{"type":"visit","action":"a","identifiers":{"email":"nobody"}}""")]
    [InlineData("""{"type":"visit","action":"a","identifiers":{"loyalty_card":"1"}}""")]
    [InlineData("""{"type":"visit","action":"a","identifiers":{"email":"a@b.example"},"data":5}""")]
    [InlineData("""{"type":"visit","action":"a","identifiers":{"email":"a@b.example"},"data":{"ts":"2026-11-20"}}""")]
    [InlineData("""{"type":"order","action":"bought","identifiers":{"email":"a@b.example"},"data":{"order":{"order_id":"o","items":[{"product_id":"p"}]}}}""")]
    [InlineData("""{"type":"order","action":"purchase","identifiers":{"email":"a@b.example"},"data":{}}""")]
    [InlineData("""{"type":"order","action":"purchase","identifiers":{"email":"a@b.example"},"data":{"order":{"items":[{"product_id":"p"}]}}}""")]
    [InlineData("""{"type":"order","action":"purchase","identifiers":{"email":"a@b.example"},"data":{"order":{"order_id":"o"}}}""")]
    [InlineData("""{"type":"order","action":"purchase","identifiers":{"email":"a@b.example"},"data":{"order":{"order_id":"o","items":[]}}}""")]
    [InlineData("""{"type":"order","action":"purchase","identifiers":{"email":"a@b.example"},"data":{"order":{"order_id":"o","items":[{"price":5}]}}}""")]
    [InlineData("""{"type":"order","action":"purchase","identifiers":{"email":"a@b.example"},"data":{"order":{"order_id":"o","items":[{"product_id":"p","unit":"kg"}]}}}""")]
    [InlineData("""{"type":"order","action":"purchase","identifiers":{"email":"a@b.example"},"data":{"order":{"order_id":"o","total":"5","items":[{"product_id":"p"}]}}}""")]
    [InlineData("""{"type":"order","action":"purchase","identifiers":{"email":"a@b.example"},"data":{"order":{"order_id":"o","store_id":"S1","items":[{"product_id":"p"}]}}}""")]
    public async Task They_are_refused_when_they_break_a_rule(string body)
    {
        await using var odp = await RunningOdp.Start();

        var (status, answer) = await Post(odp, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(answer.GetProperty("detail").GetProperty("invalids").EnumerateArray());
        Assert.Empty(await odp.Events());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task They_are_stored_up_to_500_at_a_time(int count)
    {
        await using var odp = await RunningOdp.Start();

        Assert.Equal(HttpStatusCode.Accepted, (await Post(odp, $"[{string.Join(',', Enumerable.Repeat(Good, count))}]")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(odp, $"[{string.Join(',', Enumerable.Repeat(Good, 501))}]")).Status);

        Assert.Equal((2, count, 1), ((await odp.Summary()).Requests, (await odp.Summary()).Stored, (await odp.Summary()).Distinct));
    }

    [Fact]
    public async Task They_may_name_what_exists_in_the_account_and_money_alone_has_no_items()
    {
        await using var odp = await RunningOdp.Start(new() { Identifiers = ["loyalty_card"], OrderFields = ["store_id", "in_store_order"], IdField = "in_store_order" });

        Assert.Equal(HttpStatusCode.Accepted, (await Post(odp,
            """{"type":"order","action":"refund","identifiers":{"loyalty_card":["29","30"]},"data":{"order":{"order_id":"o","total":5,"store_id":"S1","in_store_order":"mine"}}}""")).Status);

        Assert.Equal("mine", Assert.Single(await odp.Events()).TrackId);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 2)]
    public async Task One_that_is_invalid_is_named_and_refuses_all_unless_told_to_store_the_others(bool partly, int stored)
    {
        await using var odp = await RunningOdp.Start(new() { StoresPartly = partly });

        var (status, answer) = await Post(odp, $"[{Good},{Good.Replace("o-1", " ", StringComparison.Ordinal)},{Good}]");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("[1].data.order.order_id", Assert.Single(answer.GetProperty("detail").GetProperty("invalids").EnumerateArray()).GetProperty("field").GetString());
        Assert.Equal(stored, (await odp.Events()).Count);
    }

    [Fact]
    public async Task It_answers_as_it_was_told_to()
    {
        await using var odp = await RunningOdp.Start();
        await odp.Misbehave(new() { Status = 503, RetryAfter = 7, Times = 1 });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Post(odp, Good)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Post(odp, Good)).Status);
        await odp.Misbehave(new() { DropAfterStoring = true });
        await Assert.ThrowsAsync<HttpRequestException>(() => Post(odp, Good));

        Assert.Equal((3, 2), ((await odp.Summary()).Requests, (await odp.Summary()).Stored));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> Post(RunningOdp odp, string body, string? key = "k")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(odp.Address, "v3/events")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("x-api-key", key);
        using var response = await http.SendAsync(request, Stop);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Stop)));
    }
}
