using MassTransit;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using RealServers;
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
        await using var one = await RunningJourneys.Start(broker.ConnectionString, database);
        await using var two = await RunningJourneys.Start(broker.ConnectionString, database);
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
        // Received and resolved may be learned after the end. The broker's list of messages lags: what is awaited is what each journey has learned, and nothing is written after it.
        await Eventually.Holds(
            async () => (await Task.WhenAll(ids.Select(id => store.Load(id, patience.Token)))).All(journey =>
                journey is { HasOrder: true, ReceivedAt: not null, Customer: not null, CurrentState: JourneyState.Tracked }),
            TimeSpan.FromSeconds(60), "Every journey tracked");
        await Eventually.Holds(async () => (await broker.Queues())["order-journey"].Messages == 0, TimeSpan.FromSeconds(60), "An empty queue");
        foreach (var id in ids)
        {
            // Each is written once, whatever came twice.
            var journey = await store.Load(id, patience.Token);
            Assert.Equal(journey!.Version, (await queries.Timeline(id, patience.Token)).Count);
            Assert.InRange(journey.Version, 1, 3);
        }
        Assert.DoesNotContain(await broker.Queues(), queue => queue.Key.EndsWith("_error", StringComparison.Ordinal) && queue.Value.Messages > 0);
    }

    /// <summary>Named for its symptom: MassTransit declared the quorum queue anew as a classic one, RabbitMQ refused, and the command was sent again and again.</summary>
    [Fact]
    public async Task It_reaches_the_other_services_queues_with_its_commands()
    {
        await using var broker = await TestBroker.Create();
        await using var database = await TestDatabase.Create();
        await using var one = await RunningJourneys.Start(broker.ConnectionString, database, ("Journey:ResolutionDeadline", "00:00:00.2"), ("Journey:TrackingDeadline", "00:00:00.2"), ("Journey:SweepEvery", "00:00:00.1"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await one.Services.GetRequiredService<TopologyDeployment>().WhenDeployed(patience.Token);
        var bus = one.Services.GetRequiredService<IBusControl>();
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, patience.Token);

        // Both queues exist, nobody consumes from them: each holds the event and, after the deadline, at least one command.
        await bus.Publish(An.OrderReceived(Guid.NewGuid()), patience.Token);
        await bus.Publish(An.CustomerResolved(Guid.NewGuid()), patience.Token);
        await Eventually.Becomes(
            async () => string.Join(' ', (await broker.Queues()).Where(q => q.Key is "customer-resolution" or "profile-store-sender").Select(q => q.Value.Messages)),
            counts => counts.Split(' ') is [var customers, var tracking] && int.Parse(customers, null) >= 2 && int.Parse(tracking, null) >= 2,
            TimeSpan.FromSeconds(30), "Messages waiting in both queues");
    }
}
