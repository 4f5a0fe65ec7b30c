using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using MassTransit;
using MassTransit.AzureServiceBusTransport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults.ConnectingToAzureServiceBus;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.InspectingTheBroker;

namespace AzureServiceBus;

/// <summary>
/// The Azure Service Bus transport: a topic per event, a subscription per service that forwards to the service's own queue. Found by name when
/// <c>Bus:Transport</c> is <c>AzureServiceBus</c>. What is decided about names, limits and properties is in ServiceDefaults, which is always built; here it is
/// said to MassTransit and to Azure's client.
/// </summary>
public sealed class AzureServiceBusTransport : IBusTransport
{
    /// <inheritdoc />
    public void Use(IBusRegistrationConfigurator bus)
    {
        bus.AddSingleton<ITopologyDeployer, AzureServiceBusTopologyDeployer>();
        bus.AddSingleton<IQueueFinder, AzureServiceBusQueueFinder>();
        bus.AddSingleton(provider => Administration(provider.GetRequiredService<IOptions<BusOptions>>().Value));
        bus.AddConfigureEndpointsCallback((context, name, endpoint) =>
        {
            if (endpoint is IServiceBusReceiveEndpointConfigurator queue)
                Configure(queue, AzureServiceBusQueueProperties.Of(DeclaredTopology.Current, name, Address(context.GetRequiredService<IOptions<BusOptions>>().Value).IsEmulator));
        });
        bus.UsingAzureServiceBus((context, azure) =>
        {
            var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
            var address = Address(options);
            if (address.IsEmulator)
            {
                // It listens twice, and MassTransit would give both clients one address. What MassTransit makes by itself has to keep within its hour as well.
                Defaults.DefaultMessageTimeToLive = AzureServiceBusEntities.LongestTimeToLive(emulator: true)!.Value;
                azure.Host(address.Uri, new ServiceBusClient(options.ConnectionString!), Administration(options));
            }
            else if (address.ConnectionString is { } connection)
                azure.Host(connection);
            else
                azure.Host(address.Uri, host => host.TokenCredential = new DefaultAzureCredential());
            var inHand = AzureServiceBusQueueProperties.Prefetch(options.Prefetch);
            (azure.PrefetchCount, azure.ConcurrentMessageLimit) = (inHand, inHand);
            azure.UseDeclaredTopology();
            DetectDuplicates(azure);
            azure.ConfigureEndpoints(context);
        });
    }

    /// <inheritdoc />
    public ITopologyInspector Inspect(BusOptions options) => new AzureServiceBusInspector(Administration(options), Address(options));

    // Before any endpoint looks at a topic: MassTransit decides once how it would make one, and takes no later word.
    private static void DetectDuplicates(IServiceBusBusFactoryConfigurator azure)
    {
        foreach (var topic in DeclaredTopology.Current.Topics.Where(topic => topic.DetectsDuplicatesFor is not null))
            azure.Publish(DeclaredTopology.TypeOf(topic), publish => publish.EnableDuplicateDetection(topic.DetectsDuplicatesFor!.Value));
    }

    private static void Configure(IServiceBusReceiveEndpointConfigurator endpoint, AzureServiceBusQueueProperties queue)
    {
        endpoint.LockDuration = queue.LockDuration;
        endpoint.MaxAutoRenewDuration = queue.MaxAutoRenewDuration;
        endpoint.MaxDeliveryCount = queue.MaxDeliveryCount;
        if (queue.TimeToLive is { } time)
            endpoint.DefaultMessageTimeToLive = time;
        if (queue.AutoDeleteOnIdle is { } idle)
            endpoint.AutoDeleteOnIdle = idle;
        endpoint.RemoveSubscriptions = queue.IsOfOneInstance;
        if (queue.DeadLettersFaults)
        {
            endpoint.ConfigureDeadLetterQueueErrorTransport();
            endpoint.ConfigureDeadLetterQueueDeadLetterTransport();
        }
    }

    // The options were checked at start.
    private static ServiceBusAdministrationClient Administration(BusOptions options) =>
        Address(options) is { IsEmulator: true } ? new(options.AdministrationConnectionString!)
        : Address(options) is { ConnectionString: { } connection } ? new(connection)
        : new(Address(options).Host, new DefaultAzureCredential());

    private static AzureServiceBusAddress Address(BusOptions options) =>
        AzureServiceBusAddress.Read(options.ConnectionString, out var problem) ?? throw new InvalidOperationException($"Bus:ConnectionString {problem}");
}
