using System.Net;
using System.Net.Http.Json;
using Contracts.CustomerResolution;
using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.Tests.TakingNotices;
using LoyaltyProviderStandIn;
using MassTransit;
using MessageExamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using RealServers;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.Tests;

public sealed class When_the_service_runs_on_RabbitMq
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "2900000000017");

    [Fact]
    public async Task It_resolves_orders_and_commands_from_the_one_declared_queue()
    {
        await using var broker = await TestBroker.Create();
        await using var provider = await RunningStandIn.Start(new() { KnowEveryCard = true });
        await using var app = Service(broker, provider);
        var bus = app.Services.GetRequiredService<IBus>();
        var watch = new OutcomeWatch();
        bus.ConnectConsumeObserver(watch);
        bus.ConnectPublishObserver(watch);
        await app.StartAsync();
        // Those of the journey too: what is published before its queue is bound does not reach it.
        await Eventually.Becomes(
            broker.Bindings, bound => bound.IsSupersetOf([("orders", "customer-resolution"), ("orders", "order-journey"), ("customers-resolved", "order-journey")]), what: "the bindings of both queues");

        var (received, asked) = (Guid.NewGuid(), Guid.NewGuid());
        await bus.Publish(An.OrderReceived(received));
        await (await bus.GetSendEndpoint(QueueAddress.Of("customer-resolution"))).Send(An.ResolveCustomer(asked, An.Order(card: "2")));

        Assert.IsType<CustomerResolved>((await watch.OnlyOutcomeOf(received)).Message);
        Assert.IsType<CustomerResolved>((await watch.OnlyOutcomeOf(asked)).Message);
        var queues = await Eventually.Becomes(
            broker.Queues, all => all.TryGetValue("order-journey", out var journey) && journey.Messages == 3, what: "the journey's queue: one order and two outcomes");
        Assert.Equal(("quorum", true), (queues["customer-resolution"].Type, queues["customer-resolution"].Durable));
        // A command has its queue; a topic of its own would swallow what somebody publishes by mistake.
        Assert.DoesNotContain(await broker.Exchanges(), exchange => exchange.Contains(nameof(ResolveCustomer), StringComparison.Ordinal));
        Assert.DoesNotContain(queues.Keys, queue => queue.EndsWith("_skipped", StringComparison.Ordinal) || queue.EndsWith("_error", StringComparison.Ordinal));
        await app.StopAsync();
    }

    [Fact]
    public async Task It_accepts_a_notice_once_the_broker_has_it_and_not_while_nobody_would_get_it()
    {
        await using var broker = await TestBroker.Create();
        await using var provider = await RunningStandIn.Start();
        await using var app = Service(broker, provider);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        await Eventually.Becomes(broker.Bindings, bound => bound.Contains(("loyalty-cards-registered", "order-journey")), what: "the binding of the journey's queue");

        var accepted = await http.PostAsJsonAsync("loyalty-cards/registered", new { card = "2900000000017" });

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await Eventually.Becomes(broker.Queues, all => all["order-journey"].Messages == 1, what: "the notice in the journey's queue");
        await broker.DeleteQueue("order-journey");
        await (await http.PostAsJsonAsync("loyalty-cards/registered", new { card = "2900000000017" })).Problem(503);
        await app.StopAsync();
    }

    [Fact]
    public async Task Every_instance_hears_that_a_card_has_moved_on_a_queue_that_expires_after_it()
    {
        await using var broker = await TestBroker.Create();
        await using var provider = await RunningStandIn.Start();
        await using var one = Service(broker, provider);
        await using var other = Service(broker, provider);
        await one.StartAsync();
        await other.StartAsync();
        // One for cards that move, one for people who are erased.
        var queues = await Eventually.Becomes(broker.Queues, all => all.Keys.Count(IsOfAnInstance) == 2 * 2, what: "two queues for each instance");
        Assert.All(queues.Where(queue => IsOfAnInstance(queue.Key)), queue => Assert.Equal(("classic", true, 60_000), (queue.Value.Type, queue.Value.Durable, queue.Value.Expires)));
        await Eventually.Becomes(broker.Bindings, bound => bound.Contains(("loyalty-cards-registered", "order-journey")), what: "the binding of the journey's queue");
        var directory = await RememberFormerHolder(other, provider);

        using var http = new HttpClient { BaseAddress = new(one.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        Assert.Equal(HttpStatusCode.Accepted, (await http.PostAsJsonAsync("loyalty-cards/registered", new { card = Card.Value })).StatusCode);

        await Eventually.Becomes(async () => (await directory.Find(Card, null, default)).Customer?.Email, email => email == "present@shop.example", what: "the present holder from the other instance");
        await one.StopAsync();
        await other.StopAsync();

        static bool IsOfAnInstance(string queue) => queue.StartsWith("customer-resolution-instance-", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_cut_off_from_the_broker_remembers_no_holder_of_before()
    {
        await using var broker = await TestBroker.Create();
        await using var provider = await RunningStandIn.Start();
        await using var app = Service(broker, provider);
        await app.StartAsync();
        var directory = await RememberFormerHolder(app, provider);

        // The broker lists a connection a few seconds after it was made.
        await Eventually.Becomes(broker.CloseConnections, closed => closed > 0, what: "a closed connection");

        await Eventually.Becomes(async () => (await directory.Find(Card, null, default)).Customer?.Email, email => email == "present@shop.example", what: "the present holder");
        await app.StopAsync();
    }

    /// <summary>Leaves the card with another holder than the one that this service remembers.</summary>
    private static async Task<CustomerDirectory> RememberFormerHolder(WebApplication app, RunningStandIn provider)
    {
        // What is asked for before the instance's queue is there does not count.
        Assert.Equal(BusHealthStatus.Healthy, await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30)));
        var directory = app.Services.GetRequiredService<CustomerDirectories>().Loyalty;
        foreach (var holder in new[] { "former@shop.example", "present@shop.example" })
        {
            await provider.PutMembers(new Member { Card = Card.Value, Email = holder });
            Assert.Equal("former@shop.example", (await directory.Find(Card, null, default)).Customer?.Email);
        }
        return directory;
    }

    private static WebApplication Service(TestBroker broker, RunningStandIn provider)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bus:Transport"] = "RabbitMq",
            ["Bus:ConnectionString"] = broker.ConnectionString,
            ["Loyalty:BaseAddress"] = provider.BaseAddress.AbsoluteUri,
            ["Loyalty:ApiKey"] = provider.Options.ApiKey,
        });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddServiceDefaults("CustomerResolution");
        builder.AddCustomerResolution();
        builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapCustomerResolution();
        return app;
    }
}
