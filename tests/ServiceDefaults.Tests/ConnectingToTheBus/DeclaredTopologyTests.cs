using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

public sealed class DeclaredTopologyTests
{
    private static readonly DeclaredTopology Topology = DeclaredTopology.Current;

    [Fact]
    public void TopicOf_an_event_is_its_topic() => Assert.Equal("orders", Topology.TopicOf(typeof(OrderReceived)));

    [Fact]
    public void TopicOf_a_command_or_of_anything_else_is_none()
    {
        Assert.Null(Topology.TopicOf(typeof(ResolveCustomer)));
        Assert.Null(Topology.TopicOf(typeof(string)));
    }

    [Fact]
    public void RequiredQueues_are_those_the_law_of_conservation_depends_on() =>
        Assert.Equal(
            [
                "customer-resolution", "customer-resolution-replays", "erp-orders", "order-ingest", "order-journey", "profile-store-sender", "profile-store-sender-consents",
                "profile-store-sender-erasures",
            ],
            Topology.RequiredQueues.Order(StringComparer.Ordinal));

    [Fact]
    public void MustReachAQueue_every_topic_with_a_required_subscriber()
    {
        Assert.All(Topology.Topics, topic => Assert.Equal(topic.Subscriptions.Any(s => s.Required), Topology.MustReachAQueue(topic.Name)));
        Assert.False(Topology.MustReachAQueue("unheard-of"));
    }

    [Fact]
    public void Names_are_unique_and_fit_every_transport()
    {
        var queues = Topology.RequiredQueues.Concat(Topology.Topics.SelectMany(topic => topic.Subscriptions).Select(s => s.Queue)).Distinct().ToList();

        Assert.Equal(Topology.Topics.Count, Topology.Topics.Select(topic => topic.Name).Distinct().Count());
        Assert.All(queues.Concat(Topology.Topics.Select(topic => topic.Name)), name => Assert.Matches("^[a-z][a-z-]{1,48}[a-z]$", name));
        // On RabbitMQ a queue has an exchange of its own name.
        Assert.Empty(queues.Intersect(Topology.Topics.Select(topic => topic.Name)));
    }
}
