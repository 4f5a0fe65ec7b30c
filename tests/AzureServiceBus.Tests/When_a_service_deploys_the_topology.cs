using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.ConnectingToTheBus;
using static AzureServiceBus.Tests.NamespaceOfATest;

namespace AzureServiceBus.Tests;

public sealed class When_a_service_deploys_the_topology
{
    [Fact]
    public async Task Everything_declared_as_required_is_there()
    {
        var there = New();

        await there.Deploy();

        var declared = DeclaredTopology.Current;
        Assert.Equal(declared.RequiredQueues.Order(), there.Queues.Keys.Order());
        Assert.Equal(declared.Topics.Select(topic => topic.Name).Order(), there.Topics.Keys.Order());
        Assert.Equal(
            declared.Topics.SelectMany(topic => topic.Subscriptions.Where(s => s.Required), (topic, s) => (topic.Name, s.Queue, $"sb://{there.Host}/{s.Queue}")).Order(),
            there.Subscriptions.Select(one => (one.Key.Topic, one.Key.Name, one.Value.ForwardTo!)).Order());
        Assert.All(there.Queues.Values, queue => Assert.Equal((TimeSpan.FromMinutes(5), 1000, TimeSpan.FromDays(366)), (queue.LockDuration, queue.MaxDeliveryCount, queue.DefaultMessageTimeToLive)));
        Assert.All([.. there.Topics.Values.Select(topic => topic.DefaultMessageTimeToLive), .. there.Subscriptions.Values.Select(one => one.DefaultMessageTimeToLive)], time => Assert.Equal(TimeSpan.FromDays(366), time));
        var detecting = Assert.Single(there.Topics.Values, topic => topic.RequiresDuplicateDetection);
        Assert.Equal(("orders", TimeSpan.FromSeconds(50)), (detecting.Name, detecting.DuplicateDetectionHistoryTimeWindow));
    }

    [Fact]
    public async Task What_is_there_is_left_alone_and_what_went_comes_back()
    {
        var there = New();
        await there.Deploy();
        var made = there.Made;

        await there.Deploy();
        Assert.Equal(made, there.Made);

        Assert.True(there.Subscriptions.TryRemove(("orders", "order-journey"), out _));
        await there.Deploy();
        Assert.Equal(made + 1, there.Made);
        Assert.Contains(("orders", "order-journey"), there.Subscriptions.Keys);
    }

    [Fact]
    public async Task Another_instance_may_make_it_first()
    {
        var there = New();
        there.AnotherInstanceIsFaster = true;

        await there.Deploy();

        Assert.Equal(DeclaredTopology.Current.RequiredQueues.Order(), there.Queues.Keys.Order());
    }

    [Fact]
    public async Task Whoever_may_not_manage_hears_of_it()
    {
        var there = New();
        there.Refuses = new UnauthorizedAccessException();

        await Assert.ThrowsAsync<UnauthorizedAccessException>(there.Deploy);
    }

    [Fact]
    public async Task A_queue_is_found_by_its_name()
    {
        var there = New();
        await there.Deploy();
        using var service = Service(Settings(there.ConnectionString()));
        var finder = service.Services.GetRequiredService<IQueueFinder>();

        Assert.True(await finder.Find("order-journey", TestContext.Current.CancellationToken));
        Assert.False(await finder.Find("nobodys", TestContext.Current.CancellationToken));
    }
}
