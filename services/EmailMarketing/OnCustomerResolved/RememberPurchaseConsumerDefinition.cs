using MassTransit;

namespace EmailMarketing.OnCustomerResolved;

/// <summary>The service's own queue, bound to topic <c>customers-resolved</c>.</summary>
internal sealed class RememberPurchaseConsumerDefinition : ConsumerDefinition<RememberPurchaseConsumer>
{
    public RememberPurchaseConsumerDefinition() => EndpointName = "email-marketing";
}
