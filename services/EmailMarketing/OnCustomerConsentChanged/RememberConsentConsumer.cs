using Contracts.CustomerResolution;
using EmailMarketing.KeepingConsents;
using MassTransit;

namespace EmailMarketing.OnCustomerConsentChanged;

/// <summary>Keeps the latest word on a customer: who may not be tracked is no contact, until that changes.</summary>
internal sealed class RememberConsentConsumer(Consents consents, EmailMarketingMetrics metrics) : IConsumer<CustomerConsentChanged>
{
    public async Task Consume(ConsumeContext<CustomerConsentChanged> context)
    {
        await consents.Remember(Consent.Of(context.Message), context.CancellationToken);
        metrics.ConsentChanged(context.Message.MayBeTracked);
    }
}
