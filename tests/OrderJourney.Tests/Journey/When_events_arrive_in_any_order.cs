using FsCheck;
using FsCheck.Fluent;
using MessageExamples;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;

namespace OrderJourney.Tests.Journey;

public class When_events_arrive_in_any_order
{
    private static readonly string[] Required = ["profile-store"];

    /// <summary>A handful of an order's possible events, in an order of arrival, with repetitions.</summary>
    private static Arbitrary<(int[] Chosen, int[] Arrival)> Arrivals(IReadOnlyList<object> all) =>
        (from chosen in Gen.SubListOf(Enumerable.Range(0, all.Count))
         where chosen.Count > 0
         from extra in Gen.ListOf(Gen.Elements(chosen.AsEnumerable()))
         from arrival in Gen.Shuffle(chosen.Concat(extra))
         select (chosen.ToArray(), arrival.ToArray())).ToArbitrary();

    private static readonly IReadOnlyList<object> All = JourneyEvents.All(JourneyEvents.Id), WithStatements = JourneyEvents.WithStatements(JourneyEvents.Id);

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
            Assert.Equal((JourneyState.Resolved, "holder@shop.example", null), (JourneyRules.StateOf(saga, Required), saga.Customer?.Email, saga.ResolutionFailure));
        }
    }

    [Fact]
    public void It_learns_nothing_from_a_repetition() => Prop.ForAll(Arrivals(WithStatements), sample =>
    {
        var saga = Play(WithStatements, sample.Arrival);
        saga.News.Clear();
        saga.HasChanged = false;
        // What comes twice after the end may still tell that the card has moved, once.
        foreach (var message in sample.Arrival.Where(_ => !saga.IsTracked()))
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

    private static string Facts(OrderJourneySaga saga) => string.Join('|',
        JourneyRules.StateOf(saga, Required), saga.ReceivedAt, saga.HasOrder, saga.Summary, saga.CardKey,
        string.Join(',', saga.Destinations.OrderBy(d => d.Key).Select(d => $"{d.Key}={d.Value}")),
        // An order that is tracked stays with whom it was tracked for: what is said afterwards about its customer is not taken in.
        saga.IsTracked() ? null : string.Join('|', JourneyJson.Of(saga.Customer), saga.CustomerAskedAt, JourneyJson.Of(saga.Statement), saga.SuppressedBecause,
            // Why there was no customer is of no interest once there is one.
            saga.Customer is null ? $"{saga.ResolutionFailure} {saga.FailureAskedAt}" : null));

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(item => Permutations([.. items.Where(other => other != item)]).Select(rest => (int[])[item, .. rest]));
}
