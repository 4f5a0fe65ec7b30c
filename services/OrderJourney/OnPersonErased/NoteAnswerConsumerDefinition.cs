using MassTransit;
using OrderJourney.Journey;

namespace OrderJourney.OnPersonErased;

/// <summary>Reads from the saga's queue, bound to topic <c>persons-erased</c>.</summary>
internal sealed class NoteAnswerConsumerDefinition : ConsumerDefinition<NoteAnswerConsumer>
{
    public NoteAnswerConsumerDefinition() => EndpointName = OrderJourneySagaDefinition.Queue;
}
