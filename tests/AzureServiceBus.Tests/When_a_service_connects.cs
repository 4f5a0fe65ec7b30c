using AzureServiceBusImitation;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using static AzureServiceBus.Tests.NamespaceOfATest;

namespace AzureServiceBus.Tests;

public sealed class When_a_service_connects
{
    private static readonly string[] OfAService = ["LockDuration 00:05:00", "MaxAutoRenewDuration 00:30:00", "MaxDeliveryCount 1000", "RemoveSubscriptions False"];

    [Fact]
    public void With_a_key_by_its_connection_string()
    {
        var there = New();

        var host = Said(Settings(there.ConnectionString())).Host!;

        Assert.Equal((there.ConnectionString(), null, null), (host.ConnectionString, host.TokenCredential, host.ServiceBusClient));
    }

    [Fact]
    public void Without_a_key_by_its_own_identity()
    {
        var there = New();

        var host = Said(Settings(there.Host)).Host!;

        Assert.Equal((new Uri($"sb://{there.Host}"), null), (host.ServiceUri, host.ConnectionString));
        Assert.IsType<Azure.Identity.DefaultAzureCredential>(host.TokenCredential);
    }

    [Fact]
    public void Duplicates_are_spoken_of_before_any_endpoint_looks_at_a_topic()
    {
        var lines = Said(Settings(New().ConnectionString())).Lines.ToList();

        var detection = Assert.Single(lines, line => line.Contains("EnableDuplicateDetection", StringComparison.Ordinal));
        Assert.Equal("[OrderReceived] EnableDuplicateDetection 00:00:50", detection);
        Assert.True(lines.IndexOf(detection) < lines.FindIndex(line => line.StartsWith("[order-journey]", StringComparison.Ordinal)), string.Join(Environment.NewLine, lines));
    }

    [Fact]
    public void No_more_is_in_hand_than_locks_last_for() =>
        Assert.Equal(["[] ConcurrentMessageLimit 64", "[] PrefetchCount 64"], Said(Settings(New().ConnectionString())).Lines.Intersect(["[] PrefetchCount 64", "[] ConcurrentMessageLimit 64"]).Order(StringComparer.Ordinal));

    [Fact]
    public void The_queue_of_a_service_outlives_restarts() => Assert.Equal(OfAService, Of("order-journey"));

    [Fact]
    public void The_queue_of_an_instance_goes_with_it() => Assert.Equal(
        ["AutoDeleteOnIdle 00:05:00", "DefaultMessageTimeToLive 00:10:00", "LockDuration 00:05:00", "MaxAutoRenewDuration 00:30:00", "MaxDeliveryCount 1000", "RemoveSubscriptions True"],
        Of("order-journey-instance-1"));

    [Fact]
    public void What_strangers_send_stays_with_their_queue_when_it_cannot_be_used() => Assert.Equal(
        ["ConfigureDeadLetterQueueDeadLetterTransport", "ConfigureDeadLetterQueueErrorTransport", .. OfAService], Of("erp-orders"));

    // What is said of one queue, without what is said of every transport's.
    private static IEnumerable<string> Of(string queue)
    {
        var mark = $"[{queue}] ";
        return Said(Settings(New().ConnectionString()), queue).Lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..])
            .Where(line => !line.StartsWith("ConfigureConsumeTopology", StringComparison.Ordinal) && !line.StartsWith("PrefetchCount", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    private static SaidToMassTransit Said(Dictionary<string, string?> settings, string queue = "order-journey")
    {
        using var service = Service(settings, bus => bus.AddConsumer<Nobody>().Endpoint(endpoint => endpoint.Name = queue));
        service.Services.GetRequiredService<IBusControl>();
        return service.Services.GetRequiredService<SaidToMassTransit>();
    }

    private sealed class Nobody : IConsumer<Contracts.OrderIngest.OrderReceived>
    {
        public Task Consume(ConsumeContext<Contracts.OrderIngest.OrderReceived> context) => Task.CompletedTask;
    }
}
