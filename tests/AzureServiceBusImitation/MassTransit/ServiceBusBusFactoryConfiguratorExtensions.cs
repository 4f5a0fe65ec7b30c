using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using AzureServiceBusImitation;
using Microsoft.Extensions.DependencyInjection;

namespace MassTransit;

/// <summary>Extensions of MassTransit.Azure.ServiceBus.Core at 8.4.0, as far as they are used; the bus itself is the one in memory.</summary>
public static class ServiceBusBusFactoryConfiguratorExtensions
{
    public static void UsingAzureServiceBus(this IBusRegistrationConfigurator configurator, Action<IBusRegistrationContext, IServiceBusBusFactoryConfigurator>? configure = null)
    {
        configurator.AddSingleton<SaidToMassTransit>();
        configurator.UsingInMemory((context, memory) => configure?.Invoke(context, context.GetRequiredService<SaidToMassTransit>().Over(memory)));
    }

    public static void Host(this IServiceBusBusFactoryConfigurator configurator, Uri hostAddress, Action<IServiceBusHostConfigurator>? configure = null)
    {
        var settings = new ServiceBusHostSettings(hostAddress);
        configure?.Invoke(settings);
        configurator.Host(settings);
    }

    public static void Host(
        this IServiceBusBusFactoryConfigurator configurator, Uri hostAddress, ServiceBusClient serviceBusClient, ServiceBusAdministrationClient serviceBusAdministrationClient) =>
        configurator.Host(new ServiceBusHostSettings(hostAddress) { ServiceBusClient = serviceBusClient, ServiceBusAdministrationClient = serviceBusAdministrationClient });

    public static void Host(this IServiceBusBusFactoryConfigurator configurator, string connectionString, Action<IServiceBusHostConfigurator>? configure = null)
    {
        var settings = new ServiceBusHostSettings(new($"sb://{ImitatedNamespace.HostIn(connectionString)}")) { ConnectionString = connectionString };
        configure?.Invoke(settings);
        configurator.Host(settings);
    }

    public static void ConfigureDeadLetterQueueDeadLetterTransport(this IReceivePipelineConfigurator configurator) =>
        ((ISaying)configurator).Say(nameof(ConfigureDeadLetterQueueDeadLetterTransport));

    public static void ConfigureDeadLetterQueueErrorTransport(this IReceivePipelineConfigurator configurator) =>
        ((ISaying)configurator).Say(nameof(ConfigureDeadLetterQueueErrorTransport));
}
