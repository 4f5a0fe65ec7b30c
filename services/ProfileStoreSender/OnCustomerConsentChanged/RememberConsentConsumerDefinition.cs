using MassTransit;

namespace ProfileStoreSender.OnCustomerConsentChanged;

/// <summary>A queue of its own: a withdrawal must not wait behind orders that are held for a destination that is away.</summary>
internal sealed class RememberConsentConsumerDefinition : ConsumerDefinition<RememberConsentConsumer>
{
    public RememberConsentConsumerDefinition() => EndpointName = Subscriptions.ConsentsQueue;
}
