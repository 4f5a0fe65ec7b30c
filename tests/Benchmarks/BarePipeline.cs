using System.Diagnostics;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using Contracts.ProfileStoreSender;
using MassTransit;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;

namespace Benchmarks;

/// <summary>
/// What MassTransit itself costs: three hops that do nothing but publish the next message. The same messages, serializer, prefetch, quorum queues and
/// publisher confirms as the system's; no database, no HTTP, no journey, one process.
/// </summary>
internal static class BarePipeline
{
    private const int PublishedAtOnce = 256;

    public static async Task<Throughput> Run(int warmUp, int orders)
    {
        await using var broker = await TestBroker.Create();
        var arrivals = new Arrivals();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(arrivals);
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddConsumer<FirstHop>().Endpoint(endpoint => endpoint.Name = "first-hop");
            bus.AddConsumer<SecondHop>().Endpoint(endpoint => endpoint.Name = "second-hop");
            bus.AddConsumer<LastHop>().Endpoint(endpoint => endpoint.Name = "last-hop");
            bus.AddConfigureEndpointsCallback((_, _, endpoint) => ((IRabbitMqReceiveEndpointConfigurator)endpoint).SetQuorumQueue());
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(broker.ConnectionString), host => host.PublisherConfirmation = true);
                rabbit.PrefetchCount = new BusOptions().Prefetch;
                rabbit.UseDeclaredTopology();
                rabbit.ConfigureEndpoints(context);
            });
        });
        using var host = builder.Build();
        await host.StartAsync();
        try
        {
            var bus = host.Services.GetRequiredService<IBusControl>();
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, patience.Token);
            await Pass(bus, arrivals, warmUp, patience.Token);

            var before = ProcessorTimes.Read(own: true);
            var watch = Stopwatch.StartNew();
            await Pass(bus, arrivals, orders, patience.Token);
            return new(orders, watch.Elapsed, ProcessorTimes.Read(own: true) - before);
        }
        finally
        {
            await host.StopAsync(TimeSpan.FromSeconds(20));
        }
    }

    private static async Task Pass(IBus bus, Arrivals arrivals, int orders, CancellationToken cancellationToken)
    {
        var all = arrivals.Expect(orders);
        for (var published = 0; published < orders; published += PublishedAtOnce)
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(PublishedAtOnce, orders - published)).Select(_ => bus.Publish(An.OrderReceived(Guid.NewGuid()), cancellationToken)));
        }
        await all.WaitAsync(cancellationToken);
    }

    private sealed class Arrivals
    {
        private TaskCompletionSource _all = new();
        private int _missing;

        public Task Expect(int orders)
        {
            _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _missing = orders;
            return _all.Task;
        }

        public void One()
        {
            if (Interlocked.Decrement(ref _missing) == 0)
                _all.SetResult();
        }
    }

    private sealed class FirstHop : IConsumer<OrderReceived>
    {
        public Task Consume(ConsumeContext<OrderReceived> context) => context.Publish(An.CustomerResolved(context.Message.OrderId, context.Message.Order));
    }

    private sealed class SecondHop : IConsumer<CustomerResolved>
    {
        public Task Consume(ConsumeContext<CustomerResolved> context) => context.Publish(An.OrderTracked(context.Message.OrderId));
    }

    private sealed class LastHop(Arrivals arrivals) : IConsumer<OrderTracked>
    {
        public Task Consume(ConsumeContext<OrderTracked> context)
        {
            arrivals.One();
            return Task.CompletedTask;
        }
    }
}
