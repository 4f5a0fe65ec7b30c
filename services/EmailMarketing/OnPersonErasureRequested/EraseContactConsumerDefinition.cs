using MassTransit;

namespace EmailMarketing.OnPersonErasureRequested;

/// <summary>The service's own queue, bound to topic <c>person-erasures-requested</c> too.</summary>
internal sealed class EraseContactConsumerDefinition : ConsumerDefinition<EraseContactConsumer>
{
    internal const string Queue = "email-marketing";

    public EraseContactConsumerDefinition() => EndpointName = Queue;
}
