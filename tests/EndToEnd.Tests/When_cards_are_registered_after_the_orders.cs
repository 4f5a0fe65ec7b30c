using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using LoyaltyProviderStandIn;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>1,000 orders wait for 700 cards that nobody knows; 400 of the cards are registered, by notice, at once.</summary>
[Collection(nameof(LateIdentity))]
public sealed class When_cards_are_registered_after_the_orders(LateIdentitySystem late, ITestOutputHelper output)
{
    // Cards 0 to 299 were used for two orders each, 300 to 699 for one; 0 to 199 and 300 to 499 are registered.
    private const int Orders = 1000, Cards = 700, InTwoOrders = 300, WarmUp = 400, AtATime = 16;

    // Of one processor, all services together.
    private const double AtRest = 0.25;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private InStoreSystem System => late.System;

    [Fact]
    public async Task Their_orders_are_tracked_within_five_seconds_and_no_other_is()
    {
        var cards = Enumerable.Range(0, Cards).Select(Card.Of).ToList();
        var registered = cards.Where((_, at) => at is < 200 or (>= InTwoOrders and < 500)).ToList();
        await WarmThePath();
        var holders = await Sell([.. cards, .. cards.Take(InTwoOrders)]);
        Assert.Equal(Orders, holders.Count);
        await Waiting(holders.Keys.ToHashSet());
        await Rest();

        await System.Loyalty.PutMembers([.. registered.Where(card => card.AtProvider).Select(card => card.Member)]);
        await System.Loyalty.ClearRequests();
        var before = (await System.ProfileStore.Summary()).Distinct;
        var due = holders.Where(order => registered.Contains(order.Value)).ToDictionary();
        var began = TimeProvider.System.GetUtcNow();
        await Register(registered);
        var noticed = TimeProvider.System.GetUtcNow() - began;
        await Eventually.Becomes(System.ProfileStore.Summary, held => held.Distinct - before >= due.Count, TimeSpan.FromSeconds(30), $"{due.Count} orders at the profile store");
        var stored = await System.Stored(holders.Keys.ToHashSet());
        var took = stored.SelectMany(events => events).Max(tracked => tracked.At) - began;
        var requests = await System.Loyalty.Requests();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{due.Count} of {holders.Count} waiting orders tracked {took.TotalSeconds:0.00} s after the first of {registered.Count} notices ({noticed.TotalSeconds:0.00} s to give them all), with {requests.Count} look-ups; the path was warmed with {WarmUp} cards before"));

        // One more notice, after all others: what they were still to set off has been set off before its order is tracked.
        var last = cards[^1];
        await System.Loyalty.PutMembers(last.Member);
        await Register([last]);
        var lasts = holders.Where(order => order.Value == last).Select(order => order.Key).Single();
        await System.WhenJourney(lasts, "Tracked");
        due.Add(lasts, last);

        stored = await System.Stored(holders.Keys.ToHashSet());
        Assert.Equal(due.Keys.Order(), stored.Select(events => events.Key).Order());
        Assert.All(stored, events => Assert.Equal(holders[events.Key].Holder, Assert.Single(events).Email));
        var tracked = await Eventually.Becomes(() => System.Journeys("state=Tracked"), journeys => journeys.IsSupersetOf(due.Keys), what: "Tracked journeys");
        Assert.Empty(tracked.Intersect(holders.Keys.Except(due.Keys)));
        Assert.Superset(holders.Keys.Except(due.Keys).ToHashSet(), await System.Journeys("state=AwaitingCustomer"));
        Assert.Equal(registered.Count, requests.Count);
        Assert.Equal(registered.Select(card => card.Number).Order(StringComparer.Ordinal), requests.PerCard.Keys.Order(StringComparer.Ordinal));
        Assert.True(took <= Bound, $"{took} is longer than {Bound}");
    }

    /// <summary>Code is compiled when it runs first: some cards go the whole way before anything is measured.</summary>
    private async Task WarmThePath()
    {
        var cards = Enumerable.Range(Cards, WarmUp).Select(Card.Of).ToList();
        var orders = (await Sell(cards)).Keys.ToHashSet();
        await Waiting(orders);
        await System.Loyalty.PutMembers([.. cards.Where(card => card.AtProvider).Select(card => card.Member)]);
        await Register(cards);
        await Eventually.Holds(async () => (await System.Journeys("state=Tracked")).IsSupersetOf(orders), what: "The first orders tracked");
    }

    /// <summary>What is used often is compiled once more in the background, which takes many seconds where processors are few: what is measured begins when that is over.</summary>
    private Task Rest()
    {
        var (since, spent) = (Stopwatch.GetTimestamp(), Spent());
        return Eventually.Holds(
            () =>
            {
                var passed = Stopwatch.GetElapsedTime(since);
                if (passed < TimeSpan.FromSeconds(1))
                    return Task.FromResult(false);
                var (before, now) = (spent, Spent());
                (since, spent) = (Stopwatch.GetTimestamp(), now);
                return Task.FromResult(now - before < passed * AtRest);
            },
            TimeSpan.FromSeconds(60), "Services at rest");
    }

    private TimeSpan Spent() => System.All.Aggregate(TimeSpan.Zero, (sum, service) => sum + service.ProcessorTime);

    private async Task<IReadOnlyDictionary<Guid, Card>> Sell(IReadOnlyList<Card> cards)
    {
        var sold = new ConcurrentDictionary<Guid, Card>();
        await AtOnce(Enumerable.Range(0, cards.Count), async at => sold[await System.Sell($"late-{cards[at].At}-{at}", new() { LoyaltyCard = cards[at].Number })] = cards[at]);
        return sold;
    }

    private Task Register(IEnumerable<Card> cards) =>
        AtOnce(cards, async card => Assert.Equal(HttpStatusCode.Accepted, await System.Register(card.Number, card.InNotice)));

    private Task Waiting(HashSet<Guid> orders) =>
        Eventually.Holds(async () => (await System.Journeys("state=AwaitingCustomer")).IsSupersetOf(orders), TimeSpan.FromSeconds(60), $"{orders.Count} orders that wait for their card");

    private static Task AtOnce<T>(IEnumerable<T> items, Func<T, Task> work) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = TestContext.Current.CancellationToken }, async (item, _) => await work(item));

    /// <summary>Every fourth holder is in the notice alone, every fourth in both with another address there, the rest at the provider alone.</summary>
    private sealed record Card(int At, string Number)
    {
        public bool AtProvider => At % 4 != 0;

        public string? InNotice => At % 4 < 2 ? $"noticed-{At}@post.example" : null;

        /// <summary>The provider is asked first; the notice's address serves where nobody is known there.</summary>
        public string Holder => AtProvider ? $"member-{At}@loyalty.example" : InNotice!;

        public Member Member => new() { Card = Number, CustomerId = $"M-{At}", Email = Holder, Name = $"Member {At}" };

        public static Card Of(int at) => new(at, $"29{at:D11}");
    }
}
