using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults.ValidatingOptions;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>The one place that knows the transport.</summary>
public static class ServiceBus
{
    /// <summary>
    /// Registers the bus with a service's subscriptions (several services in one process pass several). The broker may be away: the host
    /// starts, the bus connects when it can, and health says so.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="whenBrokerIsAway">What a missing broker means for readiness: degraded where the service can still do its work.</param>
    /// <param name="subscriptions">What each service listens to, one line per consumer.</param>
    public static void AddServiceBus(
        this IHostApplicationBuilder builder, HealthStatus whenBrokerIsAway, params Action<IBusRegistrationConfigurator>[] subscriptions)
    {
        builder.AddValidatedOptions<BusOptions>(BusOptions.Section);
        // Every single retry with its stack is noise, above all of the saga's version conflicts, which are ordinary; what fails for good is an error.
        if (builder.Configuration["Logging:LogLevel:MassTransit.ReceiveTransport"] is null)
            builder.Logging.AddFilter("MassTransit.ReceiveTransport", LogLevel.Error);
        builder.Services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = false;
            host.StopTimeout = TimeSpan.FromSeconds(15);
            host.ConsumerStopTimeout = TimeSpan.FromSeconds(10);
        });
        var transport = builder.Configuration.GetSection(BusOptions.Section).Get<BusOptions>()?.Transport ?? BusTransport.Unset;
        builder.AddTopologyDeployment(transport);
        builder.Services.AddMassTransit(bus =>
        {
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = "bus";
                health.MinimalFailureStatus = whenBrokerIsAway;
            });
            foreach (var subscribe in subscriptions)
                subscribe(bus);
            bus.AddConfigureEndpointsCallback((_, _, endpoint) => RetryWhatMayHeal(endpoint));
            bus.UseTransport(transport);
        });
    }

    /// <summary>Serialization, topic names and the mandatory flag: the same on every transport, and in the test harness.</summary>
    public static void UseDeclaredTopology(this IBusFactoryConfigurator bus)
    {
        PlainJson.Use(bus);
        var topology = DeclaredTopology.Current;
        bus.MessageTopology.SetEntityNameFormatter(new DeclaredTopicNames(topology, bus.MessageTopology.EntityNameFormatter));
        bus.ConfigurePublish(publish => publish.UseExecute(context =>
            context.Mandatory |= context.DestinationAddress is { } address && topology.MustReachAQueue(address.Segments[^1])));
    }

    /// <summary>
    /// An exception means "try this message again": first soon, then with growing pauses, a minute in all. What still fails goes to the error
    /// queue, and the journey asks for it again.
    /// </summary>
    private static void RetryWhatMayHeal(IReceiveEndpointConfigurator endpoint) =>
        endpoint.UseMessageRetry(retry => retry.Exponential(8, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(200)));

    private static void UseTransport(this IBusRegistrationConfigurator bus, BusTransport transport)
    {
        switch (transport)
        {
            case BusTransport.RabbitMq:
                bus.AddConfigureEndpointsCallback((context, name, endpoint) =>
                {
                    if (endpoint is not IRabbitMqReceiveEndpointConfigurator queue)
                        return;
                    if (QueueOfInstance.IsNameOf(name))
                    {
                        // Not transient, as a temporary queue would be: RabbitMQ 4 is about to refuse those. It outlives a short break of the connection.
                        queue.Durable = true;
                        queue.QueueExpiration = QueueOfInstance.Expires;
                    }
                    else
                    {
                        queue.SetQuorumQueue();
                        queue.SetQueueArgument(QuorumQueues.DeliveryLimit, QuorumQueues.NoDeliveryLimit);
                    }
                    queue.ConfigureChannel(channel =>
                    {
                        channel.UseFilter(new GatherAcknowledgementsFilter(context.GetRequiredService<TimeProvider>()));
                        channel.UseFilter(new DetachDeliveriesFilter(context.GetRequiredService<ILogger<DetachedDeliveries>>()));
                    });
                    // For RabbitMQ this is the number of the client's workers, and one is enough: no delivery holds it up. The prefetch count is the limit.
                    queue.ConcurrentMessageLimit = 1;
                });
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
                    rabbit.Host(new Uri(options.ConnectionString!), host =>
                    {
                        host.PublisherConfirmation = true;
                        // A connection whose other end is gone without a word, or whose writing stands still, is given up after four of these.
                        host.Heartbeat(TimeSpan.FromSeconds(10));
                        // What was asked of a broker right when the connection ended is never answered; until then nothing is consumed again.
                        host.ContinuationTimeout(TimeSpan.FromSeconds(10));
                    });
                    rabbit.PrefetchCount = options.Prefetch;
                    rabbit.UseDeclaredTopology();
                    rabbit.ConfigureEndpoints(context);
                });
                break;
            case BusTransport.AzureServiceBus:
                FindAzureServiceBus().Use(bus);
                break;
            default:
                // Unset is refused by the options' own check at start, which names the key; the bus is never used then.
                bus.UsingInMemory((context, memory) =>
                {
                    memory.PrefetchCount = context.GetRequiredService<IOptions<BusOptions>>().Value.Prefetch;
                    memory.UseDeclaredTopology();
                    memory.ConfigureEndpoints(context);
                });
                break;
        }
    }

    // A transport in a project of its own, which not every build has.
    internal static IBusTransport FindAzureServiceBus() =>
        Type.GetType("AzureServiceBus.AzureServiceBusTransport, AzureServiceBus") is { } found
            ? (IBusTransport)Activator.CreateInstance(found)!
            : throw new InvalidOperationException("Bus:Transport: AzureServiceBus is not in this build; make one with -p:AzureServiceBus=true");
}
