using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using MessageExamples;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;

namespace OrderJourney.Tests.Journey;

/// <summary>Whatever an order meets before its customer is erased, and whatever comes late: nobody is left, and nothing is asked for.</summary>
public class When_the_customer_is_erased
{
    private static readonly string[] Required = ["profile-store"];
    private static readonly Guid Id = JourneyEvents.Id;

    private static readonly object[] Events =
    [
        An.OrderReceived(Id), JourneyEvents.Resolved(Id, 1, "pat@shop.example"), JourneyEvents.Notice(Id, 10, "pat@shop.example"),
        JourneyEvents.Failed(Id, 11, CustomerResolutionFailureReason.NotFound), JourneyEvents.Claim(Id, 20, "pat@shop.example"),
        An.OrderTrackingFailed(Id, OrderTrackingFailureReason.Refused), JourneyEvents.Tracked(Id, "pat@shop.example"),
    ];

    [Fact]
    public void It_holds_nothing_of_the_person_wherever_the_erasure_comes_in()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var arrival = Events.Where(_ => random.Next(4) > 0).Concat(Events.Where(_ => random.Next(4) == 0)).ToArray();
            random.Shuffle(arrival);
            var at = random.Next(arrival.Length + 1);
            var saga = new OrderJourneySaga { CorrelationId = Id };
            foreach (var message in arrival[..at])
                Learn(saga, message);
            saga.OrderToStore = null;
            Assert.True(saga.Erase(An.Noon.AddDays(1), Required));
            foreach (var message in arrival[at..])
                Learn(saga, message);

            Assert.False(saga.Erase(An.Noon.AddDays(2), Required));
            Assert.Equal((null, null, null, 0), (saga.Customer, saga.CardKey, saga.KnownCustomer(), saga.TrackedFor.Count));
            Assert.Equal(new Statements { ErasedAt = An.Noon.AddDays(1), Notices = saga.Statements!.Notices }, saga.Statements);
            Assert.Empty(saga.Statements.Notices);
            Assert.Equal(new(), saga.OrderToStore?.Customer ?? new());
            Assert.DoesNotContain("pat@", JourneyJson.Of(saga.Statements), StringComparison.Ordinal);
            var state = JourneyRules.StateOf(saga, Required);
            Assert.Equal(arrival.Any(message => message is OrderTracked) ? JourneyState.Tracked : JourneyState.Suppressed, state);
            saga.CurrentState = state;
            Assert.Equal(MissingStep.Nothing, JourneyRules.Missing(saga));
            Assert.Null(JourneyRules.NextCheck(saga, state, new(), An.Noon));
            Assert.Equal(state == JourneyState.Suppressed ? SuppressionReason.Erased : null, JourneyRules.SuppressedBecause(saga));
        }
    }

    private static void Learn(OrderJourneySaga saga, object message)
    {
        switch (message)
        {
            case Contracts.OrderIngest.OrderReceived received:
                saga.Learn(received);
                break;
            case CustomerResolved resolved:
                saga.Learn(resolved);
                break;
            case CustomerResolutionFailed failed:
                saga.Learn(failed);
                break;
            case OrderTracked tracked:
                saga.Learn(tracked);
                break;
            case OrderTrackingFailed failed:
                saga.Learn(failed);
                break;
            case CustomerStated stated:
                saga.Learn(stated);
                break;
            default:
                throw new InvalidOperationException($"{message.GetType().Name} is not played here");
        }
    }
}
