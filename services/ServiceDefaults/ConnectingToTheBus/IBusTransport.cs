using MassTransit;
using ServiceDefaults.InspectingTheBroker;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>A transport that lives in a project of its own.</summary>
public interface IBusTransport
{
    /// <summary>Registers the transport and its <see cref="ITopologyDeployer"/>, and configures the endpoints.</summary>
    void Use(IBusRegistrationConfigurator bus);

    /// <summary>Who can look at the broker, without a bus.</summary>
    ITopologyInspector Inspect(BusOptions options);
}
