using Contracts.CustomerResolution;
using FsCheck;
using FsCheck.Fluent;
using MessageExamples;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;

namespace OrderJourney.Tests.Journey;

public class When_events_arrive_in_any_order
{
    private static readonly string[] Required = ["profile-store"], Both = ["profile-store", "odp"];

    /// <summary>A handful of an order's possible events, in an order of arrival, with repetitions.</summary>
    private static Arbitrary<(int[] Chosen, int[] Arrival)> Arrivals(IReadOnlyList<object> all) =>
        (from chosen in Gen.SubListOf(Enumerable.Range(0, all.Count))
         where chosen.Count > 0
         from extra in Gen.ListOf(Gen.Elements(chosen.AsEnumerable()))
         from arrival in Gen.Shuffle(chosen.Concat(extra))
         select (chosen.ToArray(), arrival.ToArray())).ToArbitrary();

    private static readonly IReadOnlyList<object> All = JourneyEvents.All(JourneyEvents.Id), WithStatements = JourneyEvents.WithStatements(JourneyEvents.Id), WithClaimedCard = JourneyEvents.WithClaimedCard(JourneyEvents.Id);

    private static readonly IReadOnlyList<object>[] WithCardAlone = [JourneyEvents.WithCardAloneAndFailures(JourneyEvents.Id), JourneyEvents.WithCardAloneAndStatements(JourneyEvents.Id)];

    [Fact]
    public void It_ends_in_the_same_state_with_the_same_facts() => Prop.ForAll(Arrivals(All), sample =>
    {
        var inOrder = Play(All, sample.Chosen);
        var asArrived = Play(All, sample.Arrival);
        Assert.Equal(Facts(inOrder), Facts(asArrived));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void It_ends_with_the_same_facts_though_it_is_stated_late_who_bought() => Prop.ForAll(Arrivals(WithStatements), sample =>
    {
        var inOrder = Play(WithStatements, sample.Chosen);
        var asArrived = Play(WithStatements, sample.Arrival);
        Assert.Equal(Facts(inOrder), Facts(asArrived));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    /// <summary>Two claims by card among them, the card's notices before and after, and an order that is tracked for one of its holders.</summary>
    [Fact]
    public void It_ends_with_the_same_facts_though_another_card_is_claimed() => Prop.ForAll(Arrivals(WithClaimedCard), sample =>
    {
        // Nobody looks for a card before somebody claimed it.
        var chosen = sample.Chosen.Append(WithClaimedCard.Index().Single(e => e.Item is CustomerStated { Hint.LoyaltyCard: "4711" }).Index).ToArray();
        Assert.Equal(Facts(Play(WithClaimedCard, chosen)), Facts(Play(WithClaimedCard, [.. sample.Arrival, chosen[^1]])));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void It_ends_with_the_same_facts_though_a_destination_takes_the_card_alone(int which) => Prop.ForAll(Arrivals(WithCardAlone[which]), sample =>
        Assert.Equal(Facts(Play(WithCardAlone[which], sample.Chosen), Both), Facts(Play(WithCardAlone[which], sample.Arrival), Both))).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    /// <summary>The card alone is an answer of that destination, and of nobody else: the customer is waited for all the same, and may be anybody.</summary>
    [Fact]
    public void It_waits_for_its_customer_though_a_destination_took_the_card_in_every_permutation()
    {
        object[] events =
        [
            An.OrderReceived(JourneyEvents.Id), JourneyEvents.Failed(JourneyEvents.Id, 1), JourneyEvents.TrackedByCard(JourneyEvents.Id),
            JourneyEvents.Notice(JourneyEvents.Id, 10, null), JourneyEvents.Resolved(JourneyEvents.Id, 11, "holder@shop.example"), JourneyEvents.Tracked(JourneyEvents.Id, "holder@shop.example"),
        ];
        foreach (var permutation in Permutations([0, 1, 2]))
        {
            var waiting = Play(events, permutation);
            Assert.Equal((JourneyState.AwaitingCustomer, false), (JourneyRules.StateOf(waiting, Both), waiting.IsTracked()));
            Assert.Equal(JourneyState.Tracked, JourneyRules.StateOf(waiting, ["odp"]));
        }
        foreach (var permutation in Permutations([0, 1, 2, 3, 4]))
        {
            var known = Play(events, permutation);
            Assert.Equal((JourneyState.Resolved, "holder@shop.example"), (JourneyRules.StateOf(known, Both), known.KnownCustomer()?.Email));
            Assert.Equal(["profile-store"], JourneyRules.Missing(known, Both));
        }
        foreach (var permutation in Permutations([0, 1, 2, 3, 4, 5]))
        {
            var tracked = Play(events, permutation);
            Assert.Equal((JourneyState.Tracked, null), (JourneyRules.StateOf(tracked, Both), tracked.CardMovedAt));
        }
    }

    /// <summary>A claim by card that a notice made young again does not win against a claim that was made after it.</summary>
    [Fact]
    public void It_belongs_to_the_later_of_two_claims_in_every_permutation()
    {
        object[] events =
        [
            JourneyEvents.ClaimCard(JourneyEvents.Id, 10, "4711"), JourneyEvents.Claim(JourneyEvents.Id, 20, "claimed@shop.example"), JourneyEvents.Notice(JourneyEvents.Id, 30, "holder@shop.example", "card-2"),
            JourneyEvents.Failed(JourneyEvents.Id, 11, card: "card-2"), An.OrderReceived(JourneyEvents.Id),
        ];
        foreach (var permutation in Permutations([0, 1, 2, 3, 4]))
        {
            var standing = Play(events, permutation).Standing();
            Assert.Equal(("claimed@shop.example", null, CustomerOrigin.Claim, An.Noon.AddSeconds(20)), (standing.Hint?.Email, standing.Hint?.LoyaltyCard, standing.From, standing.NotBefore));
        }
    }

    /// <summary>Whose profile it went to, and who it belongs to by now: told whichever came first.</summary>
    [Fact]
    public void It_says_that_it_was_tracked_for_another_in_every_permutation()
    {
        object[] events =
        [
            JourneyEvents.Resolved(JourneyEvents.Id, 1, "former@shop.example"), JourneyEvents.Notice(JourneyEvents.Id, 10, null),
            JourneyEvents.Resolved(JourneyEvents.Id, 11, "holder@shop.example"), JourneyEvents.Tracked(JourneyEvents.Id, "former@shop.example"), An.OrderReceived(JourneyEvents.Id),
        ];
        foreach (var permutation in Permutations([0, 1, 2, 3, 4]))
        {
            var saga = Play(events, permutation);
            Assert.Equal((JourneyState.Tracked, "holder@shop.example", An.Noon.AddSeconds(11)), (JourneyRules.StateOf(saga, Required), saga.KnownCustomer()?.Email, saga.CardMovedAt));
            Assert.Single(saga.News, news => news.What == MoveFacts.TrackedForAnother);
        }
    }

    [Fact]
    public void It_says_nothing_of_the_kind_when_it_was_tracked_for_its_customer()
    {
        object[] events =
        [
            JourneyEvents.Resolved(JourneyEvents.Id, 1, "former@shop.example"), JourneyEvents.Notice(JourneyEvents.Id, 10, "holder@shop.example"),
            JourneyEvents.Resolved(JourneyEvents.Id, 11, "holder@shop.example"), JourneyEvents.Tracked(JourneyEvents.Id, "holder@shop.example"), An.OrderReceived(JourneyEvents.Id),
        ];
        foreach (var permutation in Permutations([0, 1, 2, 3, 4]))
            Assert.Null(Play(events, permutation).CardMovedAt);
    }

    /// <summary>Every order of a former holder's answer, a notice, the new holder's answer and a late "nobody": the new holder, always.</summary>
    [Fact]
    public void It_belongs_to_whom_it_was_stated_for_in_every_permutation()
    {
        object[] events =
        [
            JourneyEvents.Resolved(JourneyEvents.Id, 1, "former@shop.example"), JourneyEvents.Notice(JourneyEvents.Id, 10, null),
            JourneyEvents.Resolved(JourneyEvents.Id, 11, "holder@shop.example"), JourneyEvents.Failed(JourneyEvents.Id, 2), An.OrderReceived(JourneyEvents.Id),
        ];
        foreach (var permutation in Permutations([0, 1, 2, 3, 4]))
        {
            var saga = Play(events, permutation);
            Assert.Equal((JourneyState.Resolved, "holder@shop.example", null), (JourneyRules.StateOf(saga, Required), saga.KnownCustomer()?.Email, saga.KnownFailure()));
        }
    }

    [Fact]
    public void It_learns_nothing_from_a_repetition() => Prop.ForAll(Arrivals(WithStatements), sample =>
    {
        var saga = Play(WithStatements, sample.Arrival);
        saga.News.Clear();
        saga.HasChanged = false;
        foreach (var message in sample.Arrival)
            JourneyEvents.Apply(saga, WithStatements[message]);
        Assert.Empty(saga.News);
        Assert.False(saga.HasChanged);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>All permutations of the events of an ordinary order, every one of them.</summary>
    [Fact]
    public void It_tracks_an_ordinary_order_in_every_permutation()
    {
        int[] events = [0, 1, 2, 5]; // received, resolved, tracked, and an earlier "not found"
        foreach (var permutation in Permutations(events))
            Assert.Equal(JourneyState.Tracked, JourneyRules.StateOf(Play(All, permutation), Required));
    }

    private static OrderJourneySaga Play(IReadOnlyList<object> all, int[] indices)
    {
        var saga = new OrderJourneySaga { CorrelationId = JourneyEvents.Id };
        foreach (var index in indices)
            JourneyEvents.Apply(saga, all[index]);
        return saga;
    }

    private static string Facts(OrderJourneySaga saga, IReadOnlyList<string>? required = null) => string.Join('|',
        JourneyRules.StateOf(saga, required ?? Required), saga.ReceivedAt, saga.HasOrder, saga.Summary, saga.CardKey,
        string.Join(',', saga.Destinations.OrderBy(d => d.Key).Select(d => $"{d.Key}={d.Value}")),
        JourneyJson.Of(saga.Customer), saga.CustomerAskedAt, saga.KnownCustomer() is null, saga.ResolutionFailure, saga.FailureAskedAt, JourneyJson.Of(saga.Statements),
        JourneyJson.Of(saga.TrackedFor), saga.CardMovedAt,
        // Why a destination kept an order is of no interest once it took it.
        saga.IsTracked() ? null : saga.SuppressedBecause);

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(item => Permutations([.. items.Where(other => other != item)]).Select(rest => (int[])[item, .. rest]));
}
