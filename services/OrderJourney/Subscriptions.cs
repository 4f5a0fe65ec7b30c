using MassTransit;
using OrderJourney.Journey;
using OrderJourney.OnLoyaltyCardRegistered;
using OrderJourney.OnPersonErased;
using OrderJourney.StoringJourneys;

namespace OrderJourney;

/// <summary>Everything this service listens to: the events and private messages named in <see cref="OrderJourneyStateMachine"/>, and what is said about a card, which concerns many orders.</summary>
public static class Subscriptions
{
    /// <summary>Adds the saga with its repository, and the consumer of notices about cards, to a bus.</summary>
    public static void Add(IBusRegistrationConfigurator bus)
    {
        bus.AddSagaStateMachine<OrderJourneyStateMachine, OrderJourneySaga, OrderJourneySagaDefinition>()
            .Repository(JourneyRepository.Register);
        bus.AddConsumer<TellJourneysOfCardConsumer, TellJourneysOfCardConsumerDefinition>();
        bus.AddConsumer<NoteAnswerConsumer, NoteAnswerConsumerDefinition>();
    }
}
