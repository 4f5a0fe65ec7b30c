using System.Globalization;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>Profile Store and ODP, served by one process or by one each: every order reaches both once, and ODP takes those of cards that nobody is known by.</summary>
public sealed class When_there_are_two_destinations(ITestOutputHelper output)
{
    private const int Known = 60, Unknown = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static SystemSettings Settings(bool processPerDestination) => SystemSettings.ForTests with
    {
        Odp = SystemSettings.OdpAccount,
        ProcessPerDestination = processPerDestination,
        Loyalty = new() { KnowEveryCard = false },
        Extra = [.. ApiKey.Settings, .. SystemSettings.ForTests.Extra, ("OrderJourney", "Journey__FirstRecheck", "01:00:00"), ("OrderJourney", "Journey__LongestRecheck", "06:00:00")],
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_order_reaches_both_once_and_an_unknown_card_profile_store_once_it_is_registered(bool processPerDestination)
    {
        await using var system = await Start(processPerDestination);
        var known = await Sell(system, 0, Known);
        var unknown = await Sell(system, Known, Unknown, register: false);
        var all = known.Concat(unknown).ToHashSet();

        await Eventually.Becomes(() => AtOdp(system), held => all.IsSubsetOf(held.Select(orders => orders.Key)), Patience, "All orders at ODP");
        await Eventually.Holds(async () => (await system.Journeys("state=Tracked")).SetEquals(known), Patience, "Known customers' orders tracked");
        Assert.Equal(unknown, await system.Journeys("state=AwaitingCustomer"));
        var law = await Law.Check(system, all);
        Assert.Equal((all.Count, known.Count, unknown.Count), (law.Accepted, law.Tracked, law.Parked));
        Assert.True(law.Holds, string.Join("; ", law.Lost));
        var byCard = (await AtOdp(system)).Where(orders => unknown.Contains(orders.Key)).SelectMany(orders => orders);
        Assert.All(byCard, identifiers => Assert.Equal(["loyalty_card"], identifiers));
        Assert.Empty((await system.Stored(all)).Select(events => events.Key).Intersect(unknown));

        await system.Loyalty.PutMembers([.. Enumerable.Range(Known, Unknown).Select(number => new Person(number)).Select(person => person.MemberBy(person.Card))]);
        foreach (var number in Enumerable.Range(Known, Unknown))
            await system.Register(new Person(number).Card);

        await TheLaw.Holds(system, all, Patience);
        Assert.All(await AtOdp(system), orders => Assert.Single(orders));
        Assert.Equal(all, (await system.Stored(all)).Select(events => events.Key).ToHashSet());
    }

    /// <summary>
    /// Nobody listens at ODP's address: Profile Store gets its orders as before, and ODP all of them when it is back. An order that had to wait for ODP would be held for two minutes
    /// (HoldFor), which is twice what this test waits for Profile Store. How long it took is printed, not judged: on a busy machine that says nothing.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_dead_delays_the_other_by_nothing_and_gets_everything_after_its_return(bool processPerDestination)
    {
        await using var system = await Start(processPerDestination);
        // Code is compiled when it runs first: these go the whole way before anything is measured.
        var first = await Sell(system, 0, Known);
        await Eventually.Holds(async () => (await system.Journeys("state=Tracked")).IsSupersetOf(first), Patience, "The first orders tracked");
        var alive = await TimeToProfileStore(system, Known);
        var before = (await AtOdp(system)).Select(orders => orders.Key).ToHashSet();
        await system.TakeOdpAway();

        var dead = await TimeToProfileStore(system, 2 * Known);
        var card = Assert.Single(await Sell(system, 3 * Known, 1, register: false));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"from the post to Profile Store, half of {Known} orders within {alive.Half.TotalMilliseconds:0} ms with ODP and {dead.Half.TotalMilliseconds:0} ms without, the last within {alive.Last.TotalMilliseconds:0} and {dead.Last.TotalMilliseconds:0} ms"));
        Assert.Empty((await system.Journeys("state=Tracked")).Intersect(dead.Orders));
        await system.BringOdpBack();

        await Eventually.Becomes(() => AtOdp(system), held => held.Count >= dead.Orders.Count + 1, Patience, "Orders at ODP after its return");
        await Eventually.Holds(async () => dead.Orders.IsSubsetOf(await system.Journeys("state=Tracked")), Patience, "Orders tracked everywhere");
        var after = await AtOdp(system);
        Assert.Equal(dead.Orders.Append(card).ToHashSet(), after.Select(orders => orders.Key).ToHashSet());
        Assert.All(after, orders => Assert.Single(orders));
        Assert.Empty(before.Intersect(dead.Orders));
    }

    private static async Task<InStoreSystem> Start(bool processPerDestination)
    {
        var system = await InStoreSystem.Prepare(Settings(processPerDestination));
        ApiKey.ShowBy(system);
        await system.Start();
        return system;
    }

    /// <summary>Orders of one person each, from this number on; sold at once.</summary>
    private static async Task<HashSet<Guid>> Sell(InStoreSystem system, int first, int count, bool register = true)
    {
        var people = Enumerable.Range(first, count).Select(number => new Person(number)).ToList();
        if (register)
            await system.Loyalty.PutMembers([.. people.Select(person => person.MemberBy(person.Card))]);
        return [.. await Task.WhenAll(people.Select(person => system.Sell($"{person.Number + 1}", person.HasCard)))];
    }

    private static async Task<(HashSet<Guid> Orders, TimeSpan Half, TimeSpan Last)> TimeToProfileStore(InStoreSystem system, int first)
    {
        var people = Enumerable.Range(first, Known).Select(number => new Person(number)).ToList();
        await system.Loyalty.PutMembers([.. people.Select(person => person.MemberBy(person.Card))]);
        var posted = new Dictionary<Guid, DateTimeOffset>();
        foreach (var person in people)
        {
            var at = TimeProvider.System.GetUtcNow();
            posted[await system.Sell($"{person.Number + 1}", person.HasCard)] = at;
        }
        var stored = await Eventually.Becomes(() => system.Stored(posted.Keys.ToHashSet()), events => events.Count == Known, Patience, "Orders at Profile Store");
        var took = stored.Select(events => Assert.Single(events).At - posted[events.Key]).Order().ToList();
        return (posted.Keys.ToHashSet(), took[Known / 2], took[^1]);
    }

    /// <summary>By order, by what each event at ODP knows its customer.</summary>
    private static async Task<ILookup<Guid, IReadOnlyList<string>>> AtOdp(InStoreSystem system) =>
        (await system.Odp!.Events()).ToLookup(
            stored => stored.Event.GetProperty("data").GetProperty("order").GetProperty("in_store_order").GetGuid(),
            stored => (IReadOnlyList<string>)[.. stored.Event.GetProperty("identifiers").EnumerateObject().Select(identifier => identifier.Name)]);
}
