using Contracts.CustomerResolution;
using MessageExamples;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_many_orders_of_one_card_arrive_at_once
{
    [Fact]
    public async Task It_asks_once_without_any_memory()
    {
        await using var service = await RunningService.Start(new()
        {
            Provider = new() { KnowEveryCard = true },
            // No memory: only sharing the look-up under way can keep the number at one.
            Settings = new() { ["Loyalty:CacheFor"] = "00:00:00", ["Loyalty:CacheMissFor"] = "00:00:00", ["Loyalty:Timeout"] = "00:00:30" },
        });
        await service.Provider.PutFault(new() { Delay = TimeSpan.FromSeconds(2) });

        var outcomes = await service.ReceivedAtOnce(Enumerable.Range(0, 100).Select(i => An.Order($"{i}")));

        Assert.Equal(100, outcomes.Select(outcome => outcome.OrderId).Distinct().Count());
        Assert.All(outcomes, outcome => Assert.IsType<CustomerResolved>(outcome.Message));
        Assert.Equal(1, (await service.Provider.Requests()).Count);
    }

    [Fact]
    public async Task It_asks_once_per_card_for_a_crowd_of_cards()
    {
        await using var service = await RunningService.Start(new() { Provider = new() { KnowEveryCard = true } });

        await service.ReceivedAtOnce(Enumerable.Range(0, 1000).Select(i => An.Order($"{i}", card: $"29{i % 50}")));

        var requests = await service.Provider.Requests();
        Assert.Equal(50, requests.Count);
        Assert.All(requests.PerCard.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task It_has_no_more_requests_under_way_than_allowed()
    {
        await using var service = await RunningService.Start(new()
        {
            Provider = new() { KnowEveryCard = true },
            Settings = new() { ["Loyalty:Concurrency"] = "3" },
        });
        await service.Provider.PutFault(new() { Delay = TimeSpan.FromMilliseconds(50) });

        await service.ReceivedAtOnce(Enumerable.Range(0, 30).Select(i => An.Order($"{i}", card: $"29{i}")));

        Assert.Equal(3, (await service.Provider.Requests()).AtOnce);
    }
}
