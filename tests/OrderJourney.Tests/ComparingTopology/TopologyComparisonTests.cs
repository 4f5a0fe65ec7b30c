using OrderJourney.ComparingTopology;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.InspectingTheBroker;

namespace OrderJourney.Tests.ComparingTopology;

public sealed class TopologyComparisonTests
{
    private static readonly DeclaredTopology Declared = DeclaredTopology.Current;

    // A broker on which everything is as declared.
    private static readonly BrokerInventory AsDeclared = new(
        [.. Declared.Queues.Select(queue => new QueueFound(queue, 1, 0, 0, []))],
        [.. Declared.Topics.Select(topic => new TopicFound(topic.Name, []))],
        [.. Declared.Topics.SelectMany(topic => topic.Subscriptions, (topic, subscription) => new SubscriptionFound(topic.Name, subscription.Queue, 0, []))]);

    [Fact]
    public void Of_a_broker_as_declared_there_is_nothing_to_say() => Assert.Empty(TopologyComparison.Of(Declared, AsDeclared));

    [Fact]
    public void Of_required_queues_each_missing_one_is_named_and_nothing_is_said_of_its_subscriptions_besides() =>
        Says("missing erp-orders", Without(AsDeclared, "erp-orders"), FindingKind.Missing, "erp-orders", "is not there");

    [Fact]
    public void Of_queues_that_are_not_required_it_is_only_noted()
    {
        var finding = Assert.Single(TopologyComparison.Of(Declared, Without(AsDeclared, "email-marketing")));

        Assert.Equal((FindingKind.NotInstalled, "email-marketing", false), (finding.Kind, finding.Entity, finding.IsProblem));
    }

    [Fact]
    public void Of_a_queue_under_another_name_it_is_asked_whether_it_was_renamed()
    {
        var renamed = Without(AsDeclared, "order-journey") is var without
            ? without with
            {
                Queues = [.. without.Queues, new("order-journeys", 0, 7, 0, [])],
                Subscriptions = [.. without.Subscriptions, .. AsDeclared.Subscriptions.Where(one => one.Queue == "order-journey").Select(one => one with { Queue = "order-journeys" })],
            }
            : null!;

        var findings = TopologyComparison.Of(Declared, renamed).Where(finding => finding.IsProblem).ToList();

        Assert.Equal([(FindingKind.Orphaned, "order-journeys"), (FindingKind.Renamed, "order-journey")], findings.Select(finding => (finding.Kind, finding.Entity)));
        Assert.Contains("order-journeys hears the same topics", findings[1].Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_topic_that_is_missing() =>
        Says("missing topic", AsDeclared with { Topics = [.. AsDeclared.Topics.Where(topic => topic.Name != "orders")] }, FindingKind.Missing, "orders", "the topic is not there");

    [Fact]
    public void Of_a_subscription_that_is_missing() =>
        Says(
            "missing subscription",
            AsDeclared with { Subscriptions = [.. AsDeclared.Subscriptions.Where(one => one is not { Topic: "orders", Queue: "order-journey" })] },
            FindingKind.Missing, "orders -> order-journey", "does not hear");

    [Fact]
    public void Of_a_queue_that_nobody_reads() =>
        Says("no consumers", With(AsDeclared, new("order-journey", 0, 12, 0, [])), FindingKind.NoConsumers, "order-journey", "nobody receives from it; 12 messages wait");

    [Fact]
    public void Of_a_broker_that_does_not_tell_who_reads_nothing_is_made_up() => Assert.Empty(TopologyComparison.Of(Declared, With(AsDeclared, new("order-journey", null, 12, 0, []))));

    [Fact]
    public void Of_a_queue_with_other_properties() =>
        Says("wrong type", With(AsDeclared, new("order-journey", 1, 0, 0, ["is a classic queue"])), FindingKind.Different, "order-journey", "is a classic queue");

    [Fact]
    public void Of_a_topic_with_other_properties() =>
        Says("topic", AsDeclared with { Topics = [.. AsDeclared.Topics.Where(topic => topic.Name != "orders"), new("orders", ["detects duplicates never"])] }, FindingKind.Different, "orders", "never");

    [Fact]
    public void Of_a_queue_that_only_fills()
    {
        var found = AsDeclared with
        {
            Queues = [.. AsDeclared.Queues, new("old-service", 0, 4711, 0, [])],
            Subscriptions = [.. AsDeclared.Subscriptions, new("orders", "old-service", 0, [])],
        };

        Says("orphaned", found, FindingKind.Orphaned, "old-service", "hears orders, and nobody receives from it: it only fills (4711 messages)");
    }

    [Fact]
    public void Of_somebody_elses_subscriber_that_reads_it_is_only_noted()
    {
        var found = AsDeclared with
        {
            Queues = [.. AsDeclared.Queues, new("data-lake", 2, 0, 0, [])],
            Subscriptions = [.. AsDeclared.Subscriptions, new("orders", "data-lake", 0, [])],
        };

        var finding = Assert.Single(TopologyComparison.Of(Declared, found));
        Assert.Equal((FindingKind.Note, "data-lake", false), (finding.Kind, finding.Entity, finding.IsShown));
    }

    /// <summary>After a crash it is there for a minute: no reason to stop a pipeline.</summary>
    [Theory]
    [InlineData(1, "goes with it")]
    [InlineData(0, "goes by itself")]
    public void Of_a_queue_of_one_instance_it_is_only_noted(int consumers, string says)
    {
        var name = QueueOfInstance.NewName("customer-resolution");
        var found = AsDeclared with
        {
            Queues = [.. AsDeclared.Queues, new(name, consumers, 0, 0, [])],
            Subscriptions = [.. AsDeclared.Subscriptions, new("loyalty-cards-registered", name, 0, [])],
        };

        var finding = Assert.Single(TopologyComparison.Of(Declared, found));
        Assert.Equal((FindingKind.Note, name), (finding.Kind, finding.Entity));
        Assert.Contains(says, finding.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_subscription_that_an_older_version_left_behind() =>
        Says("left behind", AsDeclared with { Subscriptions = [.. AsDeclared.Subscriptions, new("orders", "email-marketing", 0, [])] }, FindingKind.Orphaned, "orders -> email-marketing", "is not declared");

    [Fact]
    public void Of_messages_that_were_put_aside_it_is_said_and_the_topology_is_in_order()
    {
        var found = With(AsDeclared, new("profile-store-sender", 1, 0, 2, [])) is var aside ? aside with
        {
            Queues = [.. aside.Queues, new("order-journey_error", 0, 3, 0, []), new("customer-resolution_error", 0, 0, 0, [])],
            Subscriptions = [.. aside.Subscriptions.Where(one => one is not { Topic: "orders", Queue: "customer-resolution" }), new("orders", "customer-resolution", 5, [])],
        } : null!;

        var findings = TopologyComparison.Of(Declared, found);

        Assert.All(findings, finding => Assert.Equal((FindingKind.PutAside, true, false), (finding.Kind, finding.IsShown, finding.IsProblem)));
        Assert.Equal(["order-journey_error", "orders -> customer-resolution", "profile-store-sender"], findings.Select(finding => finding.Entity));
    }

    private static void Says(string what, BrokerInventory found, FindingKind kind, string entity, string says)
    {
        var finding = Assert.Single(TopologyComparison.Of(Declared, found));
        Assert.True((finding.Kind, finding.Entity, finding.IsProblem) == (kind, entity, true), $"{what}: {finding}");
        Assert.Contains(says, finding.Says, StringComparison.Ordinal);
    }

    private static BrokerInventory Without(BrokerInventory found, string queue) => found with
    {
        Queues = [.. found.Queues.Where(one => one.Name != queue)],
        Subscriptions = [.. found.Subscriptions.Where(one => one.Queue != queue)],
    };

    private static BrokerInventory With(BrokerInventory found, QueueFound instead) => found with { Queues = [.. found.Queues.Where(one => one.Name != instead.Name), instead] };
}
