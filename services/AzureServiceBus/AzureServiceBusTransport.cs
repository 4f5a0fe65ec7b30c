using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults.ConnectingToTheBus;

namespace AzureServiceBus;

/// <summary>
/// The Azure Service Bus transport: a topic per event, a subscription per service that forwards to the service's own queue. Found by name when
/// <c>Bus:Transport</c> is <c>AzureServiceBus</c>.
/// </summary>
public sealed class AzureServiceBusTransport : IBusTransport
{
    /// <inheritdoc />
    public void Use(IBusRegistrationConfigurator bus)
    {
        bus.AddSingleton<ITopologyDeployer, AzureServiceBusTopologyDeployer>();
        bus.AddSingleton<IQueueFinder, AzureServiceBusQueueFinder>();
        bus.AddSingleton(provider => Administration(provider.GetRequiredService<IOptions<BusOptions>>().Value));
        bus.UsingAzureServiceBus((context, azure) =>
        {
            var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
            if (options.AdministrationConnectionString is not null)
            {
                // The emulator listens twice, and MassTransit would give both clients one address.
                azure.Host(new Uri("sb://localhost"), new ServiceBusClient(options.ConnectionString), Administration(options));
            }
            else if (IsHostName(options.ConnectionString!))
                azure.Host(new Uri($"sb://{options.ConnectionString}"), host => host.TokenCredential = new DefaultAzureCredential());
            else
                azure.Host(options.ConnectionString!);
            // The lock of a message ticks from when it was handed out, not from when its turn comes.
            azure.PrefetchCount = Math.Min((int)options.Prefetch, 64);
            azure.UseDeclaredTopology();
            azure.ConfigureEndpoints(context);
        });
    }

    private static ServiceBusAdministrationClient Administration(BusOptions options) =>
        options.AdministrationConnectionString is { } administration ? new(administration)
        : IsHostName(options.ConnectionString!) ? new(options.ConnectionString, new DefaultAzureCredential())
        : new(options.ConnectionString);

    private static bool IsHostName(string connection) => !connection.Contains('=', StringComparison.Ordinal);
}
