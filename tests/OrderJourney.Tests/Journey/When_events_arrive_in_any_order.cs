using FsCheck;
using FsCheck.Fluent;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;

namespace OrderJourney.Tests.Journey;

public class When_events_arrive_in_any_order
{
    private static readonly string[] Required = ["profile-store"];

    /// <summary>A handful of an order's possible events, in an order of arrival, with repetitions.</summary>
    private static Arbitrary<(int[] Chosen, int[] Arrival)> Arrivals() =>
        (from chosen in Gen.SubListOf(Enumerable.Range(0, JourneyEvents.All(JourneyEvents.Id).Count))
         where chosen.Count > 0
         from extra in Gen.ListOf(Gen.Elements(chosen.AsEnumerable()))
         from arrival in Gen.Shuffle(chosen.Concat(extra))
         select (chosen.ToArray(), arrival.ToArray())).ToArbitrary();

    [Fact]
    public void It_ends_in_the_same_state_with_the_same_facts() => Prop.ForAll(Arrivals(), sample =>
    {
        var inOrder = Play(sample.Chosen);
        var asArrived = Play(sample.Arrival);
        Assert.Equal(Facts(inOrder), Facts(asArrived));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void It_learns_nothing_from_a_repetition() => Prop.ForAll(Arrivals(), sample =>
    {
        var saga = Play(sample.Arrival);
        saga.News.Clear();
        foreach (var message in sample.Arrival)
            JourneyEvents.Apply(saga, JourneyEvents.All(JourneyEvents.Id)[message]);
        Assert.Empty(saga.News);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>All permutations of the events of an ordinary order, every one of them.</summary>
    [Fact]
    public void It_tracks_an_ordinary_order_in_every_permutation()
    {
        int[] events = [0, 1, 2, 5]; // received, resolved, tracked, and an earlier "not found"
        foreach (var permutation in Permutations(events))
            Assert.Equal(JourneyState.Tracked, JourneyRules.StateOf(Play(permutation), Required));
    }

    private static OrderJourneySaga Play(int[] indices)
    {
        var saga = new OrderJourneySaga { CorrelationId = JourneyEvents.Id };
        var all = JourneyEvents.All(JourneyEvents.Id);
        foreach (var index in indices)
            JourneyEvents.Apply(saga, all[index]);
        return saga;
    }

    private static string Facts(OrderJourneySaga saga) => string.Join('|',
        JourneyRules.StateOf(saga, Required), saga.ReceivedAt, JourneyJson.Of(saga.Customer), saga.HasOrder, saga.Summary,
        // Why there was no customer is of no interest once there is one, and may or may not have been heard.
        saga.Customer is null ? saga.ResolutionFailure : null,
        string.Join(',', saga.Destinations.OrderBy(d => d.Key).Select(d => $"{d.Key}={d.Value}")));

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(item => Permutations([.. items.Where(other => other != item)]).Select(rest => (int[])[item, .. rest]));
}
