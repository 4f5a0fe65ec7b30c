using MassTransit;
using MessageExamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using RealServers;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.Tests.Journey;

/// <summary>Two real instances on RabbitMQ and PostgreSQL; every order's events shuffled, a fifth of them twice.</summary>
public sealed class When_two_instances_share_the_queue
{
    private const int Orders = 400;

    [Fact]
    public async Task It_tracks_every_order_and_writes_each_step_once()
    {
        await using var broker = await TestBroker.Create();
        await using var database = await TestDatabase.Create();
        await using var one = await Start(broker, database);
        await using var two = await Start(broker, database);
        await one.Services.GetRequiredService<TopologyDeployment>().WhenDeployed(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        var bus = one.Services.GetRequiredService<IBusControl>();
        Assert.Equal(BusHealthStatus.Healthy, await bus.WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60)));

        var random = new Random(20261120);
        var ids = Enumerable.Range(0, Orders).Select(_ => Guid.NewGuid()).ToList();
        var events = ids.SelectMany(id => new object[] { An.OrderReceived(id), An.CustomerResolved(id), An.OrderTracked(id) }).ToList();
        events.AddRange(events.Where(_ => random.Next(5) == 0).ToList());
        // Shuffled within a window, so that an order's events arrive close together and out of order.
        var arrival = events.Select((message, i) => (message, place: i + random.Next(60))).OrderBy(e => e.place).Select(e => e.message);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Task.WhenAll(arrival.Select(message => bus.Publish(message, message.GetType(), patience.Token)));

        var store = one.Services.GetRequiredService<JourneyStore>();
        var queries = one.Services.GetRequiredService<IJourneyQueries>();
        await Eventually.Holds(
            async () => (await queries.CountByState(patience.Token)).GetValueOrDefault(JourneyState.Tracked) == Orders
                && (await broker.Queues())["order-journey"].Messages == 0,
            TimeSpan.FromSeconds(60), "Every journey tracked");
        foreach (var id in ids)
        {
            var journey = await store.Load(id, patience.Token);
            // Received and resolved may be learned after the end; each is written once, whatever came twice.
            Assert.True(journey is { HasOrder: true, Customer: not null, CurrentState: JourneyState.Tracked });
            Assert.Equal(journey!.Version, (await queries.Timeline(id, patience.Token)).Count);
            Assert.InRange(journey.Version, 1, 3);
        }
        Assert.DoesNotContain(await broker.Queues(), queue => queue.Key.EndsWith("_error", StringComparison.Ordinal) && queue.Value.Messages > 0);
    }

    private static async Task<WebApplication> Start(TestBroker broker, TestDatabase database)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["Bus:Transport"] = "RabbitMq";
        builder.Configuration["Bus:ConnectionString"] = broker.ConnectionString;
        builder.Configuration["Database:ConnectionString"] = database.ConnectionString;
        builder.AddServiceDefaults(OrderJourneyService.Name);
        builder.AddOrderJourney();
        builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapOrderJourney();
        await app.StartAsync();
        return app;
    }
}
