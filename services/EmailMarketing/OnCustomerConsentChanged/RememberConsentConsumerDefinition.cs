using MassTransit;

namespace EmailMarketing.OnCustomerConsentChanged;

/// <summary>The service's own queue, bound to topic <c>customer-consents-changed</c> too.</summary>
internal sealed class RememberConsentConsumerDefinition : ConsumerDefinition<RememberConsentConsumer>
{
    public RememberConsentConsumerDefinition() => EndpointName = "email-marketing";
}
