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
internal sealed class BarePipeline : IAsyncDisposable
{
    private const int PublishedAtOnce = 256;

    private static readonly ushort Prefetch = new BusOptions().Prefetch;

    private readonly TestBroker _broker;
    private readonly IHost _host;
    private readonly Arrivals _arrivals = new();

    private BarePipeline(TestBroker broker)
    {
        _broker = broker;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(_arrivals);
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddConsumer<FirstHop>().Endpoint(endpoint => endpoint.Name = "first-hop");
            bus.AddConsumer<SecondHop>().Endpoint(endpoint => endpoint.Name = "second-hop");
            bus.AddConsumer<LastHop>().Endpoint(endpoint => endpoint.Name = "last-hop");
            bus.AddConfigureEndpointsCallback((_, _, endpoint) => ((IRabbitMqReceiveEndpointConfigurator)endpoint).SetQuorumQueue());
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(broker.ConnectionString), host => host.PublisherConfirmation = true);
                rabbit.PrefetchCount = Prefetch;
                rabbit.UseDeclaredTopology();
                rabbit.ConfigureEndpoints(context);
            });
        });
        _host = builder.Build();
    }

    /// <summary>How it is set, in words.</summary>
    public static string Settings { get; } =
        $"one process, three consumers, each on a quorum queue of its own, prefetch {Prefetch}, as many messages at once, publisher confirms, plain JSON, mandatory where the system publishes mandatory, {PublishedAtOnce} orders published at once";

    public TestBroker Broker => _broker;

    public static async Task<BarePipeline> Start()
    {
        var pipeline = new BarePipeline(await TestBroker.Create());
        await pipeline._host.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await pipeline._host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, patience.Token);
        return pipeline;
    }

    /// <summary>Publishes orders as fast as they are confirmed and waits until each has come out at the end.</summary>
    public async Task<Throughput> Pass(int orders)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var before = ProcessorTimes.Read();
        var watch = Stopwatch.StartNew();
        var bus = _host.Services.GetRequiredService<IBus>();
        var all = _arrivals.Expect(orders);
        for (var published = 0; published < orders; published += PublishedAtOnce)
            await Task.WhenAll(Enumerable.Range(0, Math.Min(PublishedAtOnce, orders - published)).Select(_ => bus.Publish(An.OrderReceived(Guid.NewGuid()), patience.Token)));
        await all.WaitAsync(patience.Token);
        return new(orders, watch.Elapsed, ProcessorTimes.Read() - before);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(TimeSpan.FromSeconds(20));
        _host.Dispose();
        await _broker.DisposeAsync();
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
