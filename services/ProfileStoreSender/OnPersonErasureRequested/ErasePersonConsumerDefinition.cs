using MassTransit;

namespace ProfileStoreSender.OnPersonErasureRequested;

/// <summary>A queue of its own: an erasure must not wait behind orders that are held for a destination that is away.</summary>
internal sealed class ErasePersonConsumerDefinition : ConsumerDefinition<ErasePersonConsumer>
{
    public ErasePersonConsumerDefinition() => EndpointName = Subscriptions.ErasuresQueue;
}
