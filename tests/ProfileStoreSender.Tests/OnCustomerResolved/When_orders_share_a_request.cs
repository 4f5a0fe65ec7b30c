using Contracts.ProfileStoreSender;
using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.SendingEvents;
using RealServers;

namespace ProfileStoreSender.Tests.OnCustomerResolved;

public sealed class When_orders_share_a_request
{
    private const int Orders = 60;

    [Fact]
    public async Task A_backlog_takes_few_requests_and_each_order_arrives_once()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:Timeout"] = "00:00:30", ["ProfileStore:HoldFor"] = "00:00:20" });
        // While the first request is under way, the others gather: long enough for all of them, in a cold process too.
        await host.Store.Misbehave(new() { Delay = TimeSpan.FromSeconds(4) });
        await host.Publish(An.CustomerResolved(Guid.NewGuid()));
        await Eventually.Becomes(() => host.Store.Summary(), summary => summary.Requests == 1);
        var orders = await Publish(host, customer: null);

        foreach (var order in orders)
            Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        var summary = await host.Store.Summary();
        Assert.Equal((1 + Orders, 1 + Orders, 0), (summary.Stored, summary.Distinct, summary.DoubledCount));
        TestContext.Current.TestOutputHelper!.WriteLine($"{summary.Requests} requests");
        Assert.InRange(summary.Requests, 2, Orders / 3);
    }

    [Fact]
    public async Task A_refused_request_is_taken_apart_and_only_the_order_at_fault_is_refused()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:HoldFor"] = "00:00:20" });
        await host.Store.Misbehave(new() { Delay = TimeSpan.FromSeconds(2) });
        // As many as may be under way at a time: with one of them free, whichever order comes first has a request of its own.
        for (var under = 1; under <= SharedRequests.RequestsAtOnce; under++)
        {
            await host.Publish(An.CustomerResolved(Guid.NewGuid()));
            await Eventually.Becomes(() => host.Store.Summary(), summary => summary.Requests == under);
        }
        // An address that no event may carry: the stand-in refuses the request it is in.
        var orders = await Publish(host, customer: An.Customer("not an address"));
        // Those that are sent alone take their turns; they need not be slow as well.
        await host.Store.Behave();

        var outcomes = new List<(Guid Order, PublishedOutcome Outcome)>();
        foreach (var order in orders)
            outcomes.Add((order, Assert.Single(await host.Outcomes(order))));
        var (refused, outcome) = Assert.Single(outcomes, one => one.Outcome.Failed is not null);
        Assert.Equal((orders[Orders / 2], OrderTrackingFailureReason.Refused), (refused, outcome.Failed!.Reason));
        var summary = await host.Store.Summary();
        const int others = SharedRequests.RequestsAtOnce + Orders - 1;
        Assert.Equal((others, others, 0), (summary.Stored, summary.Distinct, summary.DoubledCount));
        // Whether a refused request stored some of its events is not documented: the second try counts as one that may be a repetition.
        Assert.Equal((DeliveryState.Refused, 2, 1), ((await host.Row(refused)).State, (await host.Row(refused)).Attempts, (await host.Row(refused)).Uncertain));
    }

    [Fact]
    public async Task With_a_batch_size_of_one_each_order_has_a_request_of_its_own()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStore:BatchSize"] = "1", ["ProfileStore:HoldFor"] = "00:00:20" });
        await host.Store.Misbehave(new() { Delay = TimeSpan.FromMilliseconds(30) });
        var orders = await Publish(host, customer: null);

        await Eventually.Becomes(() => Task.FromResult(orders.Sum(order => host.OutcomesSoFar(order).Count)), count => count == Orders);
        Assert.Equal(Orders, (await host.Store.Summary()).Requests);
    }

    // The one in the middle has another customer.
    private static async Task<List<Guid>> Publish(SenderHost host, Contracts.CustomerResolution.Customer? customer)
    {
        var orders = Enumerable.Range(0, Orders).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(orders.Select((order, number) => host.Publish(An.CustomerResolved(order, customer: number == Orders / 2 ? customer : null))));
        return orders;
    }
}
