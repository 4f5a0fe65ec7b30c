namespace LoyaltyProviderStandIn.Tests;

public sealed class When_it_is_asked_what_arrived
{
    [Fact]
    public async Task It_tells_the_count_the_count_per_card_and_the_last()
    {
        await using var standIn = await RunningStandIn.Start();
        await standIn.PutMembers(new Member { Card = "1" });
        foreach (var path in new[] { "customers/1", "customers/2", "customers?card=1" })
            await standIn.Get(path);
        await standIn.Get("contacts/1", key: null);

        var requests = await standIn.Requests(last: 3);

        Assert.Equal(4, requests.Count);
        Assert.Equal(new Dictionary<string, long> { ["1"] = 3, ["2"] = 1 }, requests.PerCard);
        Assert.Equal([("customers", "2", 404), ("customers", "1", 200), ("contacts", "1", 401)], requests.Last.Select(r => (r.Route, r.Card, r.Status!.Value)));
    }

    [Fact]
    public async Task It_starts_anew_when_told()
    {
        await using var standIn = await RunningStandIn.Start();
        await standIn.Get("customers/1");

        await standIn.ClearRequests();

        var requests = await standIn.Requests();
        Assert.Equal((0, 0, 0), (requests.Count, requests.PerCard.Count, requests.Last.Count));
    }

    [Fact]
    public void It_counts_on_when_its_memory_is_full()
    {
        var log = new RequestLog(TimeProvider.System);

        Parallel.For(0, 150_000, i => log.End(log.Begin("customers", $"{i}"), 200));

        var requests = log.Read(last: 5_000);
        Assert.Equal((150_000, 100_000, 1_000), (requests.Count, requests.PerCard.Count, requests.Last.Count));
        Assert.All(requests.Last, request => Assert.Equal(200, request.Status));
    }
}
