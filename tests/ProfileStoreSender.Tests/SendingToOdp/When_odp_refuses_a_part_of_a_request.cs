using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.SendingEvents;
using RealServers;

namespace ProfileStoreSender.Tests.SendingToOdp;

public sealed class When_odp_refuses_a_part_of_a_request
{
    private const int Orders = 40, Guilty = 20;

    /// <summary>It is not documented whether the others of a refused request are stored: the orders survive both, and what may be there twice is counted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_the_order_at_fault_is_refused_and_every_other_arrives(bool storesPartly)
    {
        await using var host = await OdpHost.Start(odp: new() { OrderFields = ["in_store_order"], IdField = "in_store_order", Identifiers = ["loyalty_card"], StoresPartly = storesPartly });
        await host.Odp.Misbehave(new() { Delay = TimeSpan.FromSeconds(2) });
        // As many as may be under way at a time: what comes after them gathers.
        for (var under = 1; under <= SharedRequests.RequestsAtOnce; under++)
        {
            await host.Sender.Publish(An.CustomerResolved(Guid.NewGuid()));
            await Eventually.Becomes(() => host.Odp.Summary(), summary => summary.Requests == under);
        }
        var orders = Enumerable.Range(0, Orders).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(orders.Select((order, number) => host.Sender.Publish(An.CustomerResolved(order, number == Guilty ? WithoutCode : An.Order()))));
        // The requests under way still take their time; sent alone afterwards, the orders need not.
        await host.Odp.Behave();

        var outcomes = new List<PublishedOutcome>();
        foreach (var order in orders)
            outcomes.Add(await host.Outcome(order));
        Assert.Equal((orders[Guilty], OrderTrackingFailureReason.Refused), (Assert.Single(outcomes, one => one.Failed is not null).OrderId, outcomes[Guilty].Failed!.Reason));
        var held = (await host.Odp.Events()).Select(stored => stored.TrackId).ToLookup(id => Guid.Parse(id!));
        Assert.All(orders.Where((_, number) => number != Guilty), order => Assert.Contains(order, held.Select(stored => stored.Key)));
        Assert.DoesNotContain(orders[Guilty], held.Select(stored => stored.Key));
        var twice = orders.Where(order => held[order].Count() > 1).ToList();
        Assert.Equal(storesPartly, twice.Count > 0);
        foreach (var order in twice)
            Assert.Equal((DeliveryState.Accepted, 1), ((await host.Row(order)).State, (await host.Row(order)).Uncertain));
    }

    // No event may carry an item without a product code.
    private static Order WithoutCode => An.Order() with { Lines = [An.Order().Lines[0] with { Sku = " " }] };
}
