using MassTransit;

namespace OrderIngest;

/// <summary>OrderIngest listens to nothing: it is where orders come in. Here so that every service is composed alike.</summary>
public static class Subscriptions
{
    /// <summary>Adds nothing.</summary>
    public static void Add(IBusRegistrationConfigurator bus) => ArgumentNullException.ThrowIfNull(bus);
}
