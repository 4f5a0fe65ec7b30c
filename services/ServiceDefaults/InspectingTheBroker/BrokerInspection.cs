using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.InspectingTheBroker;

/// <summary>Finds who can look at the configured broker.</summary>
public static class BrokerInspection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The inspector for a transport.</summary>
    /// <param name="options">Section <c>Bus</c>, valid.</param>
    /// <exception cref="BrokerNotReadException">There is nothing to look at, or it is not configured where.</exception>
    public static ITopologyInspector Of(BusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options switch
        {
            { Transport: BusTransport.AzureServiceBus } => ServiceBus.FindAzureServiceBus().Inspect(options),
            { Transport: BusTransport.RabbitMq, ManagementAddress: null } => throw new BrokerNotReadException("Bus:ManagementAddress is missing: set the address of RabbitMQ's management API, such as http://rabbitmq:15672"),
            // A redirect would carry the password to another host.
            { Transport: BusTransport.RabbitMq } => new RabbitMqInspector(new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience }, options),
            _ => throw new BrokerNotReadException($"Bus:Transport is {options.Transport}: there is a broker to look at with RabbitMq and AzureServiceBus only"),
        };
    }
}
