using MassTransit;
using OrderJourney.Journey;

namespace OrderJourney.OnLoyaltyCardRegistered;

/// <summary>Reads from the saga's queue, bound to topic <c>loyalty-cards-registered</c>.</summary>
internal sealed class TellJourneysOfCardConsumerDefinition : ConsumerDefinition<TellJourneysOfCardConsumer>
{
    public TellJourneysOfCardConsumerDefinition() => EndpointName = OrderJourneySagaDefinition.Queue;
}
