using Contracts.OrderIngest;
using ServiceDefaults.ConnectingToAzureServiceBus;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToAzureServiceBus;

public sealed class AzureServiceBusEntitiesTests
{
    private static readonly AzureServiceBusEntities Entities = AzureServiceBusEntities.Of(DeclaredTopology.Current, emulator: false);

    [Fact]
    public void Topics_only_orders_detects_duplicates_and_for_less_than_a_journey_may_take_to_answer()
    {
        Assert.Equal(DeclaredTopology.Current.Topics.Select(topic => topic.Name), Entities.Topics.Select(topic => topic.Name));
        Assert.Equal(new AzureServiceBusTopic("orders", TimeSpan.FromSeconds(50)), Assert.Single(Entities.Topics, topic => topic.DetectsDuplicatesFor is not null));
        // What the service allows: 20 seconds to 7 days.
        Assert.All(Entities.Topics, topic => Assert.InRange(topic.DetectsDuplicatesFor ?? TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20), TimeSpan.FromDays(7)));
    }

    [Fact]
    public void Subscriptions_are_named_for_the_queue_they_forward_to_and_there_is_one_for_each_required_subscriber()
    {
        Assert.All(Entities.Subscriptions, subscription => Assert.Equal(subscription.Name, subscription.ForwardTo));
        Assert.Equal(
            DeclaredTopology.Current.Topics.SelectMany(topic => topic.Subscriptions.Where(s => s.Required), (topic, s) => (topic.Name, s.Queue)),
            Entities.Subscriptions.Select(subscription => (subscription.Topic, subscription.ForwardTo)));
        Assert.All(Entities.Subscriptions, subscription => Assert.Contains(Entities.Queues, queue => queue.Name == subscription.ForwardTo));
    }

    [Fact]
    public void Queues_are_those_that_must_be_there_before_anything_is_published() => Assert.Equal(DeclaredTopology.Current.RequiredQueues, Entities.Queues.Select(queue => queue.Name));

    [Fact]
    public void Queue_of_a_service_outlives_many_restarts_and_sends_what_fails_to_its_error_queue()
    {
        var queue = AzureServiceBusQueueProperties.Of(DeclaredTopology.Current, "order-journey", emulator: false);

        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), 1000, null, null, false, false),
            (queue.LockDuration, queue.MaxAutoRenewDuration, queue.MaxDeliveryCount, queue.TimeToLive, queue.AutoDeleteOnIdle, queue.IsOfOneInstance, queue.DeadLettersFaults));
    }

    [Fact]
    public void Queue_that_strangers_write_to_keeps_what_fails_among_its_own_dead_letters() =>
        Assert.Equal(["erp-orders"], Entities.Queues.Where(queue => queue.DeadLettersFaults).Select(queue => queue.Name));

    [Fact]
    public void Queue_of_one_instance_goes_with_it_and_nothing_in_it_lasts()
    {
        var queue = AzureServiceBusQueueProperties.Of(DeclaredTopology.Current, QueueOfInstance.NewName("customer-resolution"), emulator: false);

        Assert.True(queue.IsOfOneInstance);
        // Five minutes are the least the service takes.
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)), (queue.AutoDeleteOnIdle, queue.TimeToLive));
    }

    [Fact]
    public void Queue_of_the_emulator_keeps_within_its_limits()
    {
        var queue = AzureServiceBusQueueProperties.Of(DeclaredTopology.Current, "order-journey", emulator: true);

        Assert.Equal((10, TimeSpan.FromHours(1)), (queue.MaxDeliveryCount, queue.TimeToLive));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 64)]
    [InlineData(500, 64)]
    public void Prefetch_is_small_as_locks_tick_from_when_a_message_was_handed_out(int wanted, int prefetch) => Assert.Equal(prefetch, AzureServiceBusQueueProperties.Prefetch(wanted));

    [Fact]
    public void TypeOf_every_topic_is_its_events_type()
    {
        Assert.Equal(typeof(OrderReceived), DeclaredTopology.TypeOf(DeclaredTopology.Current.Topics.Single(topic => topic.Name == "orders")));
        Assert.All(DeclaredTopology.Current.Topics, topic => Assert.Equal(topic.Message, DeclaredTopology.TypeOf(topic).FullName));
    }
}
