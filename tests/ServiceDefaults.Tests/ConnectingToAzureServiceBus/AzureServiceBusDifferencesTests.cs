using ServiceDefaults.ConnectingToAzureServiceBus;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToAzureServiceBus;

public sealed class AzureServiceBusDifferencesTests
{
    private static readonly AzureServiceBusQueueProperties Queue = AzureServiceBusQueueProperties.Of(DeclaredTopology.Current, "order-journey", emulator: false);
    private static readonly FoundQueueProperties AsMade = new(Queue.LockDuration, Queue.MaxDeliveryCount, false, false, null);

    [Fact]
    public void OfQueue_as_it_is_made_is_none() => Assert.Empty(AzureServiceBusDifferences.OfQueue(Queue, AsMade));

    [Fact]
    public void OfQueue_names_each_that_matters()
    {
        Assert.Contains("lock duration of 00:01:00", One(AsMade with { LockDuration = TimeSpan.FromMinutes(1) }), StringComparison.Ordinal);
        Assert.Contains("after 10 deliveries", One(AsMade with { MaxDeliveryCount = 10 }), StringComparison.Ordinal);
        Assert.Contains("requires sessions", One(AsMade with { RequiresSession = true }), StringComparison.Ordinal);
        Assert.Contains("detects duplicates", One(AsMade with { RequiresDuplicateDetection = true }), StringComparison.Ordinal);
        Assert.Contains("forwards to somewhere else", One(AsMade with { ForwardTo = "archive" }), StringComparison.Ordinal);
        Assert.Empty(AzureServiceBusDifferences.OfQueue(Queue, AsMade with { MaxDeliveryCount = 2000 }));
    }

    [Fact]
    public void OfTopic_a_longer_window_would_drop_what_is_published_again()
    {
        Assert.Empty(AzureServiceBusDifferences.OfTopic(null, null));
        Assert.Empty(AzureServiceBusDifferences.OfTopic(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(50)));
        Assert.Contains("within 00:10:00; declared is within 00:00:50", Assert.Single(AzureServiceBusDifferences.OfTopic(TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(10))), StringComparison.Ordinal);
        Assert.Contains("declared is never", Assert.Single(AzureServiceBusDifferences.OfTopic(null, TimeSpan.FromMinutes(10))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order-journey", "order-journey", null)]
    [InlineData("order-journey", "sb://retailer.servicebus.windows.net/order-journey", null)]
    [InlineData("order-journey", "sb://retailer.servicebus.windows.net/elsewhere", "forwards to elsewhere")]
    [InlineData("order-journey", null, "forwards to no queue")]
    public void OfSubscription_it_forwards_to_the_queue_it_is_named_for(string name, string? forwardTo, string? says)
    {
        var differences = AzureServiceBusDifferences.OfSubscription(name, forwardTo);

        if (says is null)
            Assert.Empty(differences);
        else
            Assert.Contains(says, Assert.Single(differences), StringComparison.Ordinal);
    }

    private static string One(FoundQueueProperties found) => Assert.Single(AzureServiceBusDifferences.OfQueue(Queue, found));
}
