using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace LoyaltyProviderStandIn.Tests;

public sealed class When_requests_are_to_go_wrong
{
    [Fact]
    public async Task It_answers_the_status_and_the_pause_until_cleared()
    {
        await using var standIn = await Knowing();
        await standIn.PutFault(new() { Status = 429, RetryAfter = 7 });

        var (status, body, response) = await standIn.Get("customers/1");
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
        Assert.Equal(429, JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("code").GetInt32());
        await standIn.ClearFaults();

        await standIn.GetJson("customers/1");
    }

    [Fact]
    public async Task It_goes_right_again_after_the_number_of_times()
    {
        await using var standIn = await Knowing();
        await standIn.PutFault(new() { Status = 500, Times = 2 });

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
            statuses.Add((int)(await standIn.Get("customers/1")).Status);

        Assert.Equal([500, 500, 200, 200], statuses);
    }

    [Fact]
    public async Task It_never_fails_more_requests_than_told_when_many_come_at_once()
    {
        await using var standIn = await Knowing();
        await standIn.PutFault(new() { Status = 500, Times = 10 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => standIn.Get($"customers/{i}")));

        Assert.Equal(10, answers.Count(answer => answer.Status == HttpStatusCode.InternalServerError));
    }

    [Fact]
    public async Task It_waits_before_the_truth()
    {
        await using var standIn = await Knowing();
        await standIn.PutFault(new() { Delay = TimeSpan.FromMilliseconds(300) });
        var watch = Stopwatch.StartNew();

        await standIn.GetJson("customers/1");

        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(290), $"answered after {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task It_sends_half_a_body()
    {
        await using var standIn = await Knowing();
        await standIn.PutFault(new() { Malformed = true });

        var (status, body, _) = await standIn.Get("customers/1");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Fact]
    public async Task It_drops_the_connection_and_counts_the_request()
    {
        await using var standIn = await Knowing();
        await standIn.PutFault(new() { Drop = true });

        await Assert.ThrowsAsync<HttpRequestException>(() => standIn.Get("customers/1"));

        var requests = await standIn.Requests();
        Assert.True(requests.Count >= 1);
        Assert.All(requests.Last, request => Assert.Null(request.Status));
    }

    [Fact]
    public async Task It_spares_the_routes_that_are_not_meant()
    {
        await using var standIn = await Knowing();
        await standIn.PutContacts(new Member { Card = "1" });
        await standIn.PutFault(new() { Status = 503, On = "contacts" });

        Assert.Equal(HttpStatusCode.OK, (await standIn.Get("customers/1")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await standIn.Get("contacts/1", "stand-in-contacts-key")).Status);
    }

    [Theory]
    [InlineData("""{"status":99}""")]
    [InlineData("""{"delay":"02:00:00"}""")]
    [InlineData("""{"retryAfter":-1}""")]
    [InlineData("""{"times":0}""")]
    [InlineData("""{"on":"elsewhere"}""")]
    [InlineData("""{"status":"x"}""")]
    public async Task It_refuses_a_fault_that_makes_no_sense(string fault)
    {
        await using var standIn = await Knowing();
        using var http = new HttpClient();
        using var body = new StringContent(fault, System.Text.Encoding.UTF8, "application/json");

        using var answer = await http.PutAsync(new Uri(standIn.BaseAddress, "stand-in/faults"), body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await standIn.GetJson("customers/1");
    }

    private static Task<RunningStandIn> Knowing() => RunningStandIn.Start(new() { KnowEveryCard = true });
}
