using MassTransit;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;

namespace Benchmarks;

/// <summary>Publishes events of made-up orders as the service before would, so that one service can be measured alone.</summary>
internal sealed class EventPublisher : IAsyncDisposable
{
    private const int PublishedAtOnce = 256;

    private readonly IHost _host;

    private EventPublisher(TestBroker broker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMassTransit(bus => bus.UsingRabbitMq((_, rabbit) =>
        {
            rabbit.Host(new Uri(broker.ConnectionString), host => host.PublisherConfirmation = true);
            rabbit.UseDeclaredTopology();
        }));
        _host = builder.Build();
    }

    public static async Task<EventPublisher> Start(TestBroker broker)
    {
        var publisher = new EventPublisher(broker);
        await publisher._host.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await publisher._host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, patience.Token);
        return publisher;
    }

    /// <summary>As many <c>CustomerResolved</c>, each of an order of its own, each confirmed.</summary>
    public async Task CustomersResolved(int orders, CancellationToken cancellationToken)
    {
        var bus = _host.Services.GetRequiredService<IBus>();
        await Parallel.ForEachAsync(Enumerable.Range(0, orders), new ParallelOptions { MaxDegreeOfParallelism = PublishedAtOnce, CancellationToken = cancellationToken },
            async (_, token) => await bus.Publish(An.CustomerResolved(Guid.NewGuid()), token));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(TimeSpan.FromSeconds(20));
        _host.Dispose();
    }
}
