using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using MessageExamples;
using OrderJourney.Journey;

namespace OrderJourney.Tests.Journey;

public class JourneyRulesTests
{
    private static readonly string[] ProfileStore = ["profile-store"];
    private static readonly JourneyOptions Options = new();

    public static TheoryData<string, object[]> Table => new()
    {
        { JourneyState.Received, [An.OrderReceived(JourneyEvents.Id)] },
        { JourneyState.AwaitingCustomer, [An.OrderReceived(JourneyEvents.Id), An.CustomerResolutionFailed(JourneyEvents.Id, CustomerResolutionFailureReason.NotFound)] },
        { JourneyState.AwaitingCustomer, [An.CustomerResolutionFailed(JourneyEvents.Id, CustomerResolutionFailureReason.ProviderUnavailable)] },
        { JourneyState.AwaitingCustomer, [An.CustomerResolutionFailed(JourneyEvents.Id, CustomerResolutionFailureReason.Unknown)] },
        { JourneyState.Unidentified, [An.CustomerResolutionFailed(JourneyEvents.Id, CustomerResolutionFailureReason.NoIdentifier)] },
        { JourneyState.Unidentified, [An.CustomerResolutionFailed(JourneyEvents.Id, CustomerResolutionFailureReason.Ambiguous)] },
        { JourneyState.Suppressed, [An.CustomerResolutionFailed(JourneyEvents.Id, CustomerResolutionFailureReason.Blocked)] },
        { JourneyState.Suppressed, [An.CustomerResolutionFailed(JourneyEvents.Id, CustomerResolutionFailureReason.ConsentWithdrawn)] },
        { JourneyState.Resolved, [An.CustomerResolutionFailed(JourneyEvents.Id), An.CustomerResolved(JourneyEvents.Id)] },
        { JourneyState.Resolved, [An.OrderTrackingFailed(JourneyEvents.Id, OrderTrackingFailureReason.Unavailable)] },
        { JourneyState.NeedsAttention, [An.CustomerResolved(JourneyEvents.Id), An.OrderTrackingFailed(JourneyEvents.Id)] },
        { JourneyState.Suppressed, [An.CustomerResolved(JourneyEvents.Id), An.OrderTrackingFailed(JourneyEvents.Id, OrderTrackingFailureReason.Suppressed)] },
        { JourneyState.Tracked, [An.OrderTracked(JourneyEvents.Id)] },
        { JourneyState.Tracked, [An.OrderTrackingFailed(JourneyEvents.Id), An.OrderTracked(JourneyEvents.Id)] },
        { JourneyState.Resolved, [An.CustomerResolved(JourneyEvents.Id), An.OrderTracked(JourneyEvents.Id, "another")] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void StateOf_is_what_the_facts_amount_to(string expected, object[] events)
    {
        var saga = new OrderJourneySaga { CorrelationId = JourneyEvents.Id };
        foreach (var message in events)
            JourneyEvents.Apply(saga, message);
        Assert.Equal(expected, JourneyRules.StateOf(saga, ProfileStore));
    }

    [Fact]
    public void StateOf_waits_for_every_required_destination()
    {
        var saga = new OrderJourneySaga();
        saga.Learn(An.OrderTracked(JourneyEvents.Id, "profile-store"));
        Assert.Equal(JourneyState.Resolved, JourneyRules.StateOf(saga, ["profile-store", "odp"]));
        saga.Learn(An.OrderTracked(JourneyEvents.Id, "odp"));
        Assert.Equal(JourneyState.Tracked, JourneyRules.StateOf(saga, ["profile-store", "odp"]));
    }

    [Fact]
    public void NextCheck_grows_up_to_its_bound_and_ends_with_the_journey()
    {
        var saga = new OrderJourneySaga { ResolutionFailure = CustomerResolutionFailureReason.NotFound };
        TimeSpan? Pause(string state, int attempts)
        {
            saga.Attempts = attempts;
            return JourneyRules.NextCheck(saga, state, Options, An.Noon) - An.Noon;
        }

        Assert.Equal(Options.FirstRecheck, Pause(JourneyState.AwaitingCustomer, 0));
        Assert.Equal(Options.FirstRecheck * 8, Pause(JourneyState.AwaitingCustomer, 3));
        Assert.Equal(Options.LongestRecheck, Pause(JourneyState.AwaitingCustomer, 100));
        Assert.Equal(Options.ResolutionDeadline * 2, Pause(JourneyState.Received, 1));
        Assert.Equal(TimeSpan.FromHours(1), Pause(JourneyState.Resolved, 1000));
        foreach (var final in new[] { JourneyState.Tracked, JourneyState.Suppressed, JourneyState.Unidentified, JourneyState.NeedsAttention })
            Assert.Null(Pause(final, 0));

        saga.ResolutionFailure = CustomerResolutionFailureReason.ProviderUnavailable;
        Assert.Equal(Options.LongestOutageRecheck, Pause(JourneyState.AwaitingCustomer, 50));
    }

    [Fact]
    public void A_customer_found_after_the_waiting_time_reopens_the_journey()
    {
        var saga = new OrderJourneySaga { DeadlineOver = true, ResolutionFailure = CustomerResolutionFailureReason.NotFound };
        Assert.Equal(JourneyState.Unidentified, JourneyRules.StateOf(saga, ProfileStore));
        saga.Learn(An.CustomerResolved(JourneyEvents.Id));
        Assert.Equal(JourneyState.Resolved, JourneyRules.StateOf(saga, ProfileStore));
    }
}
