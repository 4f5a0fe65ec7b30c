using System.Net;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.RunningTheService;

public sealed class When_the_database_is_away
{
    [Fact]
    public async Task The_service_starts_says_so_and_accepts_nothing()
    {
        await using var ingest = await RunningIngest.Start("Host=127.0.0.1;Port=1;Username=nobody;Password=none;Timeout=1", new() { ["Database:RequestPatience"] = "00:00:00.5" });
        using var response = await ingest.Post(Submitted.Json(Submitted.Order()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        using var invalid = await ingest.Post("{}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, invalid.StatusCode);
        using var batch = await ingest.Post(Submitted.Json(Submitted.Order()), "/orders/batch?source=pos", "application/x-ndjson");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, batch.StatusCode);
        Assert.Equal("Unhealthy", (await ingest.Health()).GetProperty("status").GetString());
        using var live = await ingest.Http.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }
}
