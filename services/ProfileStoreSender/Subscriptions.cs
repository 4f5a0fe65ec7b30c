using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProfileStoreSender.OnCustomerConsentChanged;
using ProfileStoreSender.OnCustomerResolved;
using ProfileStoreSender.OnTrackOrder;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender;

/// <summary>Everything this service listens to.</summary>
public static class Subscriptions
{
    /// <summary>The queue of orders.</summary>
    internal const string Queue = "profile-store-sender";

    /// <summary>The queue of consents.</summary>
    internal const string ConsentsQueue = "profile-store-sender-consents";

    /// <summary>One line per consumer.</summary>
    public static void Add(IBusRegistrationConfigurator bus)
    {
        bus.TryAddSingleton<OneAtATimePerOrder>();
        bus.AddConsumer<TrackOrderConsumer, TrackOrderConsumerDefinition>();
        bus.AddConsumer<TrackOrderAgainConsumer, TrackOrderAgainConsumerDefinition>();
        bus.AddConsumer<RememberConsentConsumer, RememberConsentConsumerDefinition>();
    }
}
