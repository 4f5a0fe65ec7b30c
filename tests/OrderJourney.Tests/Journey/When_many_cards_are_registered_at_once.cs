using System.Collections.Concurrent;
using System.Diagnostics;
using Contracts.CustomerResolution;
using MassTransit;
using MessageExamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using OrderJourney.Tests.StoringJourneys;
using RealServers;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.Tests.Journey;

/// <summary>On RabbitMQ and PostgreSQL. CustomerResolution is only its queue here: what arrives there, and when.</summary>
public sealed class When_many_cards_are_registered_at_once(ITestOutputHelper output)
{
    private const int Waiting = 1000, Others = 500, Cards = 400;

    [Fact]
    public async Task It_wakes_exactly_the_orders_of_these_cards_within_seconds()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var broker = await TestBroker.Create();
        await using var database = await TestDatabase.Create();
        var asked = new ConcurrentQueue<Guid>();
        await using var service = await RunningJourneys.Start(broker.ConnectionString, database, bus => bus.AddHandler((ConsumeContext<ResolveCustomer> context) =>
        {
            asked.Enqueue(context.Message.OrderId);
            return Task.CompletedTask;
        }).Endpoint(endpoint => endpoint.Name = "customer-resolution"));
        var bus = await service.WhenConnected(patience.Token);
        var waiting = await Wait(service.Services, Waiting, i => $"card-{i % Cards}", patience.Token);
        var others = await Wait(service.Services, Others, i => $"other-{i % 100}", patience.Token);

        // As in a service that has been running for a while: what is compiled at first use is compiled.
        var warm = await Wait(service.Services, 100, i => $"warm-{i}", patience.Token);
        await Register(bus, "warm", 100, patience.Token);
        await Eventually.Becomes(() => Task.FromResult(asked.Count), count => count >= warm.Count, TimeSpan.FromSeconds(30), "What was asked");
        await Eventually.Holds(async () => (await Counts(service)).GetValueOrDefault(JourneyState.Received) == warm.Count, what: "Journeys that were told");
        asked.Clear();

        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await Register(bus, "card", Cards, patience.Token);
        await Eventually.Becomes(() => Task.FromResult(asked.Count), count => count >= Waiting, TimeSpan.FromSeconds(30), "What was asked");
        var took = watch.Elapsed;

        output.WriteLine($"{Waiting} orders of {Cards} cards asked for {took.TotalMilliseconds:0} ms after the first notice; this process worked for {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds:0} ms on {Environment.ProcessorCount} processors");
        Assert.True(took < TimeSpan.FromSeconds(5), $"it took {took}");
        Assert.Equal(waiting.Order(), asked.Order());
        var counts = await Eventually.Becomes(() => Counts(service), states => states.GetValueOrDefault(JourneyState.Received) == Waiting + warm.Count, what: "Journeys that were told");
        Assert.Equal(others.Count, counts[JourneyState.AwaitingCustomer]);
    }

    private static Task Register(IBus bus, string cards, int count, CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, count).Select(i =>
        bus.Publish(new LoyaltyCardRegistered { CardKey = $"{cards}-{i}", Email = $"holder-{i}@shop.example", RegisteredAt = An.Noon.AddHours(1) }, cancellationToken)));

    private static Task<IReadOnlyDictionary<string, long>> Counts(WebApplication service) => service.Services.GetRequiredService<IJourneyQueries>().CountByState(CancellationToken.None);

    private static async Task<IReadOnlyList<Guid>> Wait(IServiceProvider services, int orders, Func<int, string> card, CancellationToken cancellationToken)
    {
        // A store of its own, so that the service has to read these journeys as it would after a day.
        var database = services.GetRequiredKeyedService<ServiceDatabase>(OrderJourneyService.Name);
        await using var store = new JourneyStore(database, services.GetRequiredService<IJourneyTable>());
        var journeys = Enumerable.Range(0, orders).Select(i =>
        {
            var journey = JourneyDatabase.NewJourney(Guid.NewGuid(), state: JourneyState.AwaitingCustomer);
            journey.Learn(JourneyEvents.Failed(journey.CorrelationId, 1, card: card(i)));
            journey.NextCheckAt = DateTimeOffset.MaxValue.AddYears(-1);
            return journey;
        }).ToList();
        await Task.WhenAll(journeys.Select(journey => store.Save(journey, cancellationToken)));
        return [.. journeys.Select(journey => journey.CorrelationId)];
    }
}
