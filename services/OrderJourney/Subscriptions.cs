using MassTransit;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;

namespace OrderJourney;

/// <summary>Everything this service listens to: the events and private messages named in <see cref="OrderJourneyStateMachine"/>.</summary>
public static class Subscriptions
{
    /// <summary>Adds the saga with its repository to a bus.</summary>
    public static void Add(IBusRegistrationConfigurator bus) =>
        bus.AddSagaStateMachine<OrderJourneyStateMachine, OrderJourneySaga, OrderJourneySagaDefinition>()
            .Repository(JourneyRepository.Register);
}
