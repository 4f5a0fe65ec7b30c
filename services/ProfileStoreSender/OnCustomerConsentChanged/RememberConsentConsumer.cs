using Contracts.CustomerResolution;
using MassTransit;
using ProfileStoreSender.KeepingConsents;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.OnCustomerConsentChanged;

/// <summary>Keeps the latest word on a customer, for the claim that gives the right to send.</summary>
internal sealed class RememberConsentConsumer(Consents consents, SendingMetrics metrics) : IConsumer<CustomerConsentChanged>
{
    public async Task Consume(ConsumeContext<CustomerConsentChanged> context)
    {
        await Task.WhenAll(Consent.Of(context.Message).Select(consent => consents.Remember(consent, context.CancellationToken)));
        metrics.ConsentChanged(context.Message.MayBeTracked);
    }
}
