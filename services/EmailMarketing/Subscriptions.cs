using EmailMarketing.OnCustomerConsentChanged;
using EmailMarketing.OnCustomerResolved;
using EmailMarketing.OnPersonErasureRequested;
using MassTransit;

namespace EmailMarketing;

/// <summary>Everything this service listens to, one line each.</summary>
public static class Subscriptions
{
    /// <summary>Adds the consumers to a bus.</summary>
    public static void Add(IBusRegistrationConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.AddConsumer<RememberPurchaseConsumer, RememberPurchaseConsumerDefinition>();
        bus.AddConsumer<RememberConsentConsumer, RememberConsentConsumerDefinition>();
        bus.AddConsumer<EraseContactConsumer, EraseContactConsumerDefinition>();
    }
}
