using AzureServiceBusImitation;
using MassTransit;
using MassTransit.AzureServiceBusTransport;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.ConnectingToTheBus;
using static AzureServiceBus.Tests.NamespaceOfATest;

namespace AzureServiceBus.Tests;

/// <summary>What is said about the emulator is said to the whole process: it is put back.</summary>
public sealed class When_the_service_is_an_emulator : IDisposable
{
    private readonly TimeSpan _before = Defaults.DefaultMessageTimeToLive;

    public void Dispose() => Defaults.DefaultMessageTimeToLive = _before;

    [Fact]
    public async Task Its_limits_are_kept_and_each_client_gets_its_own_address()
    {
        var there = New();
        using var service = Service(Settings(there.ConnectionStringOfEmulator(), there.ConnectionStringOfEmulator(5300)));

        // Before there is a bus, as when a service starts.
        await service.Services.GetRequiredService<ITopologyDeployer>().Deploy(DeclaredTopology.Current, TestContext.Current.CancellationToken);
        service.Services.GetRequiredService<IBusControl>();

        var host = service.Services.GetRequiredService<SaidToMassTransit>().Host!;
        Assert.NotNull(host.ServiceBusClient);
        Assert.NotNull(host.ServiceBusAdministrationClient);
        Assert.All(there.Queues.Values, queue => Assert.Equal((10, TimeSpan.FromHours(1)), (queue.MaxDeliveryCount, queue.DefaultMessageTimeToLive)));
        Assert.All([.. there.Topics.Values.Select(topic => topic.DefaultMessageTimeToLive), .. there.Subscriptions.Values.Select(one => one.DefaultMessageTimeToLive)], time => Assert.Equal(TimeSpan.FromHours(1), time));
        Assert.Equal(TimeSpan.FromHours(1), Defaults.DefaultMessageTimeToLive);
    }
}
