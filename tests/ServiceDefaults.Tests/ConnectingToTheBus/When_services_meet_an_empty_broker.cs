using Contracts.ProfileStoreSender;
using MassTransit;
using MessageExamples;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

/// <summary>On a real RabbitMQ: what whoever publishes deploys, what subscribers declare, and that both agree.</summary>
public sealed class When_services_meet_an_empty_broker : IAsyncLifetime
{
    private static readonly DeclaredTopology Declared = DeclaredTopology.Current;

    private static readonly IEnumerable<string> AllQueues =
        Declared.RequiredQueues.Concat(Declared.Topics.SelectMany(topic => topic.Subscriptions).Select(subscription => subscription.Queue))
            .Concat(Declared.Commands.Select(command => command.Queue)).Distinct().Order();

    private TestBroker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.Create();

    public async ValueTask DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task Subscribers_declare_exactly_what_is_declared()
    {
        await using var bus = await (await RunningBus.WithAllSubscriptions(_broker)).Connected();
        // The queue that outsiders write to has no subscriber here.
        await bus.Topology.WhenDeployed(A.Token);

        var queues = await _broker.Queues();
        Assert.Equal(AllQueues, queues.Keys.Order());
        Assert.All(queues.Values, queue => Assert.Equal(("quorum", true, int.MaxValue), (queue.Type, queue.Durable, queue.DeliveryLimit)));
        Assert.Equal(Bindings(_ => true), Ordered(await _broker.Bindings()));
        Assert.Equal(AllQueues.Concat(Declared.Topics.Select(topic => topic.Name)).Order(), (await _broker.Exchanges()).Order());
    }

    [Fact]
    public async Task A_publisher_deploys_required_queues_before_any_subscriber_exists()
    {
        await using var publisher = await RunningBus.WithoutSubscriptions(_broker);
        await publisher.Topology.WhenDeployed(A.Token);

        var queues = await _broker.Queues();
        Assert.Equal(Declared.RequiredQueues.Order(), queues.Keys.Order());
        Assert.All(queues.Values, queue => Assert.Equal(("quorum", true, int.MaxValue), (queue.Type, queue.Durable, queue.DeliveryLimit)));
        Assert.Equal(Bindings(subscription => subscription.Required), Ordered(await _broker.Bindings()));
    }

    /// <summary>Since version 4 a broker throws it away the 21st time where a queue does not say otherwise.</summary>
    [Fact]
    public async Task A_message_may_come_back_any_number_of_times()
    {
        await using var publisher = await RunningBus.WithoutSubscriptions(_broker);
        await publisher.Topology.WhenDeployed(A.Token);
        await publisher.Bus.Publish(An.OrderReceived(Guid.NewGuid()), A.Token);

        await using var connection = await new ConnectionFactory { Uri = new(_broker.ConnectionString) }.CreateConnectionAsync(A.Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: A.Token);
        for (var time = 0; time < 25; time++)
        {
            var delivery = await Eventually.Becomes(() => channel.BasicGetAsync("order-journey", autoAck: false, A.Token), delivery => delivery is not null, what: $"Delivery {time + 1}");
            await channel.BasicNackAsync(delivery!.DeliveryTag, multiple: false, requeue: true, A.Token);
        }
        await Eventually.Becomes(async () => await channel.MessageCountAsync("order-journey", A.Token), left => left == 1, what: "The message in the queue");
    }

    [Fact]
    public async Task A_queue_with_other_properties_is_named_and_left_alone_till_it_is_gone()
    {
        await using var connection = await new ConnectionFactory { Uri = new(_broker.ConnectionString) }.CreateConnectionAsync(A.Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: A.Token);
        await channel.QueueDeclareAsync("order-journey", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: A.Token);

        await using var publisher = await RunningBus.WithoutSubscriptions(_broker);
        var asked = new HealthCheckContext { Registration = new("topology", publisher.Topology, HealthStatus.Degraded, []) };
        await Eventually.Becomes(
            async () => (await publisher.Topology.CheckHealthAsync(asked, A.Token)).Description,
            says => says!.Contains("inequivalent arg 'x-delivery-limit' for queue 'order-journey'", StringComparison.Ordinal), what: "What health says");

        await channel.QueueDeleteAsync("order-journey", cancellationToken: A.Token);
        await publisher.Topology.WhenDeployed(A.Token);
    }

    [Fact]
    public async Task What_was_published_before_any_subscriber_existed_arrives_when_they_come()
    {
        var (before, after) = (Guid.NewGuid(), Guid.NewGuid());
        await using var publisher = await RunningBus.WithoutSubscriptions(_broker);
        await publisher.Topology.WhenDeployed(A.Token);
        await publisher.Bus.Publish(An.OrderReceived(before), A.Token);

        await using var subscribers = await (await RunningBus.WithAllSubscriptions(_broker)).Connected();
        await publisher.Bus.Publish(An.OrderReceived(after), A.Token);

        foreach (var queue in new[] { "customer-resolution", "order-journey" })
        {
            await Eventually.Holds(() => Task.FromResult(subscribers.Heard.On(queue).Count == 2), what: $"Both orders in {queue}");
            Assert.Equal(
                new[] { before, after }.Order(),
                subscribers.Heard.On(queue).Cast<Contracts.OrderIngest.OrderReceived>().Select(received => received.OrderId).Order());
        }
        Assert.Equal(Bindings(_ => true), Ordered(await _broker.Bindings()));
    }

    [Fact]
    public async Task Each_event_reaches_its_subscribers_once_and_nobody_else()
    {
        await using var bus = await (await RunningBus.WithAllSubscriptions(_broker)).Connected();
        await bus.Topology.WhenDeployed(A.Token);
        var id = Guid.NewGuid();

        await bus.Bus.Publish(An.OrderReceived(id), A.Token);
        await bus.Bus.Publish(An.CustomerResolved(id), A.Token);
        await bus.Bus.Publish(An.CustomerResolutionFailed(id), A.Token);
        await bus.Bus.Publish(An.LoyaltyCardRegistered(), A.Token);
        await bus.Bus.Publish(An.CustomerConsentChanged(), A.Token);
        await bus.Bus.Publish(An.OrderTracked(id), A.Token);
        await bus.Bus.Publish(An.OrderTrackingFailed(id), A.Token);
        await bus.Bus.Publish(An.PersonErasureRequested(id), A.Token);
        await bus.Bus.Publish(An.PersonErased(id), A.Token);
        await (await bus.Bus.GetSendEndpoint(QueueAddress.Of("customer-resolution"))).Send(An.ResolveCustomer(id), A.Token);
        await (await bus.Bus.GetSendEndpoint(QueueAddress.Of("customer-resolution-replays"))).Send(An.ResolveCustomerForReplay(id), A.Token);
        foreach (var queue in Destinations.All.Select(Destinations.QueueOf))
            await (await bus.Bus.GetSendEndpoint(QueueAddress.Of(queue))).Send(An.TrackOrder(id), A.Token);

        var expected = Declared.Topics.SelectMany(topic => topic.Subscriptions.Select(s => (s.Queue, topic.Message)))
            .Concat(Declared.Commands.Select(command => (command.Queue, command.Message))).Order().ToList();
        var arrived = await Eventually.Becomes(
            () => Task.FromResult(AllQueues.SelectMany(queue => bus.Heard.On(queue).Select(message => (queue, message.GetType().FullName!))).Order().ToList()),
            seen => seen.Count >= expected.Count, what: "Every delivery");
        Assert.Equal(expected, arrived);
    }

    [Fact]
    public async Task An_event_that_no_queue_took_is_returned_and_the_queues_come_back_on_request()
    {
        await using var publisher = await RunningBus.WithoutSubscriptions(_broker);
        await publisher.Topology.WhenDeployed(A.Token);
        foreach (var queue in Declared.RequiredQueues)
            await _broker.DeleteQueue(queue);

        await Assert.ThrowsAsync<MessageReturnedException>(() => publisher.Bus.Publish(An.OrderReceived(Guid.NewGuid()), A.Token));

        publisher.Topology.LookAgain();
        await Eventually.Becomes(_broker.Queues, queues => queues.Count == Declared.RequiredQueues.Count(), what: "The queues");
        await publisher.Bus.Publish(An.OrderReceived(Guid.NewGuid()), A.Token);
    }

    private static IEnumerable<(string, string)> Bindings(Func<DeclaredSubscription, bool> which)
    {
        var topics = Declared.Topics.SelectMany(topic => topic.Subscriptions.Where(which).Select(s => (topic.Name, s.Queue))).ToList();
        var queues = topics.Select(binding => binding.Queue).Concat(Declared.RequiredQueues).Distinct().ToList();
        // Every queue is bound to the exchange of its own name, and by the broker itself to the nameless one.
        return topics.Concat(queues.Select(queue => (queue, queue))).Concat(queues.Select(queue => ("", queue))).Order();
    }

    private static IEnumerable<(string, string)> Ordered(IEnumerable<(string, string)> bindings) => bindings.Order();
}
