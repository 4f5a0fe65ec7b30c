using System.Reflection;
using Contracts.OrderIngest;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

/// <summary>A host with a bus made by AddServiceBus on a virtual host of its own: with no subscription, or with all that are declared.</summary>
internal sealed class RunningBus : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningBus(WebApplication app) => _app = app;

    public IBus Bus => _app.Services.GetRequiredService<IBus>();

    public Heard Heard => _app.Services.GetRequiredService<Heard>();

    public Stubborn Stubborn => _app.Services.GetRequiredService<Stubborn>();

    public TopologyDeployment Topology => _app.Services.GetRequiredService<TopologyDeployment>();

    public Task<RunningBus> Connected() => Eventually.Becomes(
        async () => (Bus: this, Health: await _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(A.Token)),
        seen => seen.Health.Entries["bus"].Status == HealthStatus.Healthy, what: "The bus").ContinueWith(done => done.Result.Bus, TaskScheduler.Default);

    /// <summary>Publishes only, as OrderIngest does.</summary>
    public static Task<RunningBus> WithoutSubscriptions(TestBroker broker) => Start(broker, _ => { });

    /// <summary>One subscription, whose consumer does not end by itself.</summary>
    public static Task<RunningBus> WithStubbornSubscriber(TestBroker broker) => Start(broker, bus => bus.AddConsumer<StubbornConsumer, StubbornConsumerDefinition>());

    /// <summary>Everything that deploy/topology.json declares, in one process.</summary>
    public static Task<RunningBus> WithAllSubscriptions(TestBroker broker) => Start(broker, bus =>
    {
        foreach (var topic in DeclaredTopology.Current.Topics)
            foreach (var subscription in topic.Subscriptions)
                Listen(bus, topic.Message, subscription.Queue);
        foreach (var command in DeclaredTopology.Current.Commands)
            Listen(bus, command.Message, command.Queue);
    });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(A.Token);
        await _app.DisposeAsync();
    }

    private static async Task<RunningBus> Start(TestBroker broker, Action<IBusRegistrationConfigurator> subscribe)
    {
        var builder = A.Host(new() { ["Bus:Transport"] = "RabbitMq", ["Bus:ConnectionString"] = broker.ConnectionString });
        builder.Services.AddSingleton<Heard>().AddSingleton<Stubborn>();
        builder.AddServiceBus(HealthStatus.Unhealthy, subscribe);
        var app = builder.Build();
        await app.StartAsync(A.Token);
        return new(app);
    }

    private static void Listen(IBusRegistrationConfigurator bus, string message, string queue)
    {
        var queues = typeof(ISubscriber).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(ISubscriber)));
        var arguments = new[]
        {
            typeof(Order).Assembly.GetType(message, throwOnError: true)!,
            queues.Single(type => (string)type.GetProperty(nameof(ISubscriber.Queue), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)! == queue),
        };
        bus.AddConsumer(typeof(Listener<,>).MakeGenericType(arguments), typeof(ListenerDefinition<,>).MakeGenericType(arguments));
    }
}
