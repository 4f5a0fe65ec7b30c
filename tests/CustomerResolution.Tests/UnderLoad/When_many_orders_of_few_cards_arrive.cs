using System.Diagnostics;
using Contracts.CustomerResolution;
using MessageExamples;

namespace CustomerResolution.Tests.UnderLoad;

[Collection(nameof(NothingBeside))]
public sealed class When_many_orders_of_few_cards_arrive(ITestOutputHelper output)
{
    private const int Orders = 10_000, Cards = 500;

    private static IEnumerable<Contracts.OrderIngest.Order> TheOrders => Enumerable.Range(0, Orders).Select(i => An.Order($"{i}", card: $"29{i % Cards:0000}"));

    [Fact]
    public async Task It_asks_once_per_card()
    {
        await using var service = await Start(everybodyIsKnown: true);
        var watch = Stopwatch.StartNew();

        var outcomes = await service.ReceivedAtOnce(TheOrders);

        await Print("orders", service, watch);
        Assert.All(outcomes, outcome => Assert.IsType<CustomerResolved>(outcome.Message));
        await OncePerCard(service);
    }

    [Fact]
    public async Task It_asks_once_per_unknown_card_that_is_looked_up_again()
    {
        await using var service = await Start(everybodyIsKnown: false);
        var watch = Stopwatch.StartNew();

        var outcomes = await service.AskedAgainAtOnce(TheOrders);

        await Print("re-checks of unknown cards", service, watch);
        Assert.All(outcomes, outcome => Assert.Equal(CustomerResolutionFailureReason.NotFound, Assert.IsType<CustomerResolutionFailed>(outcome.Message).Reason));
        await OncePerCard(service);
    }

    private static async Task<RunningService> Start(bool everybodyIsKnown)
    {
        var service = await RunningService.Start(new()
        {
            Provider = new() { KnowEveryCard = everybodyIsKnown },
            // However slow the machine: nothing that is remembered expires during the test, and no attempt is made twice.
            Settings = new() { ["Loyalty:CacheMissFor"] = "01:00:00", ["Loyalty:CacheFor"] = "01:00:00", ["Loyalty:Timeout"] = "00:00:30" },
        });
        await service.Provider.PutFault(new() { Delay = TimeSpan.FromMilliseconds(50) });
        return service;
    }

    private static async Task OncePerCard(RunningService service)
    {
        var requests = await service.Provider.Requests();
        Assert.Equal(Cards, requests.Count);
        Assert.Equal(Cards, requests.PerCard.Count);
    }

    private async Task Print(string what, RunningService service, Stopwatch watch)
    {
        var requests = await service.Provider.Requests();
        output.WriteLine($"{Orders} {what}, {Cards} cards: {requests.Count} requests, {requests.AtOnce} at a time at most, {watch.Elapsed.TotalSeconds:0.0} s");
    }
}
