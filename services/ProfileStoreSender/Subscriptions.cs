using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProfileStoreSender.OnCustomerConsentChanged;
using ProfileStoreSender.OnCustomerResolutionFailed;
using ProfileStoreSender.OnCustomerResolved;
using ProfileStoreSender.OnPersonErasureRequested;
using ProfileStoreSender.OnTrackOrder;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.SendingToOdp;
using ProfileStoreSender.SendingToWebhook;
using ProfileStoreSender.TrackingInProfileStore;

namespace ProfileStoreSender;

/// <summary>Everything this service listens to.</summary>
public static class Subscriptions
{
    /// <summary>The queue of consents.</summary>
    internal const string ConsentsQueue = "profile-store-sender-consents";

    /// <summary>The queue of erasures: none waits behind orders that are held.</summary>
    internal const string ErasuresQueue = "profile-store-sender-erasures";

    /// <summary>One line per consumer; a destination's only where this process serves it, so that one that is switched off gathers nothing.</summary>
    public static Action<IBusRegistrationConfigurator> Of(IConfiguration configuration) => bus =>
    {
        var served = SenderOptions.ServedBy(configuration);
        if (served.Contains(ProfileStoreDestination.Name))
            bus.AddDestination<ProfileStoreDestination>();
        if (served.Contains(OdpDestination.Name))
        {
            bus.AddDestination<OdpDestination>();
            // Without an identifier for it a card says nothing there.
            if (!string.IsNullOrEmpty(configuration[$"{OdpOptions.Section}:{nameof(OdpOptions.CardIdentifier)}"]))
                bus.AddOrdersOfNobody<OdpDestination>();
        }
        if (served.Contains(WebhookDestination.Name))
            bus.AddDestination<WebhookDestination>();
        bus.AddConsumer<RememberConsentConsumer, RememberConsentConsumerDefinition>();
        bus.AddConsumer<ErasePersonConsumer, ErasePersonConsumerDefinition>();
    };

    private static void AddDestination<TDestination>(this IBusRegistrationConfigurator bus)
        where TDestination : class, IDestination
    {
        bus.TryAddSingleton<OneAtATimePerOrder<TDestination>>();
        bus.AddConsumer<SendOrderConsumer<TDestination>, SendOrderConsumerDefinition<TDestination>>();
        bus.AddConsumer<SendOrderAgainConsumer<TDestination>, SendOrderAgainConsumerDefinition<TDestination>>();
    }

    private static void AddOrdersOfNobody<TDestination>(this IBusRegistrationConfigurator bus)
        where TDestination : class, IDestination =>
        bus.AddConsumer<SendOrderOfNobodyConsumer<TDestination>, SendOrderOfNobodyConsumerDefinition<TDestination>>();
}
