using System.Threading.Channels;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using CustomerResolution.ResolvingCustomers;
using LoyaltyProviderStandIn;
using MassTransit;
using MassTransit.Testing;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.Tests.OnResolveCustomerForReplay;

/// <summary>A subscriber that came late listens on a queue of its own; everybody else listens to the topics.</summary>
public sealed class When_an_order_is_replayed
{
    private static readonly Member Pat = new() { Card = "2900000000017", Email = "pat@shop.example" };

    [Fact]
    public async Task The_customer_goes_to_the_one_queue_marked_and_nothing_is_published()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(Pat);
        var warehouse = await Warehouse.Listen(service);

        var command = await Send(service, An.Order());

        var (resolved, messageId, correlationId, header) = await warehouse.Next();
        Assert.Equal((command.OrderId, command.ReplayId, "pat@shop.example"), (resolved.OrderId, resolved.ReplayId!.Value, resolved.Customer.Email));
        Assert.Equal((command.OrderId, command.OrderId, $"{command.ReplayId:D}"), (messageId!.Value, correlationId!.Value, header));
        Assert.Empty(service.Published);
    }

    [Fact]
    public async Task An_order_without_a_customer_disturbs_nobody()
    {
        await using var service = await RunningService.Start();
        await service.Provider.PutMembers(Pat, new() { Card = "8", Email = "sam@shop.example", Status = "blocked" });
        var warehouse = await Warehouse.Listen(service);

        await Send(service, An.Order(card: null));
        await Send(service, An.Order(card: "2900000000018"));
        await Send(service, An.Order(card: "8"));
        var found = await Send(service, An.Order());

        Assert.Equal(found.OrderId, (await warehouse.Next()).Message.OrderId);
        await RealServers.Eventually.Holds(
            () => Task.FromResult(service.Services.GetRequiredService<ITestHarness>().Consumed.Select<ResolveCustomerForReplay>().Count() == 4), what: "Four commands worked on");
        Assert.Equal(0, warehouse.Left.Count);
        Assert.Empty(service.Published);
    }

    [Fact]
    public async Task It_waits_for_a_provider_that_is_away_and_is_then_answered()
    {
        var time = new ManualTime();
        await using var service = await RunningService.Start(new()
        {
            Services = services => services.AddSingleton(provider => new ReplayAnswers(
                provider.GetRequiredService<CustomerResolver>(), provider.GetRequiredService<CustomerResolutionMetrics>(), time)),
        });
        await service.Provider.PutMembers(Pat);
        await service.Provider.PutFault(new() { Status = 503 });
        var warehouse = await Warehouse.Listen(service);

        var command = await Send(service, An.Order());
        await RealServers.Eventually.Holds(() => Task.FromResult(time.Waiting > 0), what: "The pause");
        Assert.Equal(0, warehouse.Left.Count);
        await service.Provider.ClearFaults();
        await RealServers.Eventually.Holds(() =>
        {
            time.Advance(ReplayAnswers.Pause);
            return Task.FromResult(warehouse.Left.Count > 0);
        }, what: "The order, once the provider is back");

        Assert.Equal(command.OrderId, (await warehouse.Next()).Message.OrderId);
        Assert.Empty(service.Published);
    }

    private static async Task<ResolveCustomerForReplay> Send(RunningService service, Order order)
    {
        var command = new ResolveCustomerForReplay { OrderId = Guid.NewGuid(), Order = order, ReplayId = Guid.NewGuid(), Queue = "warehouse", RequestedAt = An.Noon };
        var queue = await service.Services.GetRequiredService<IBus>().GetSendEndpoint(QueueAddress.Of(Subscriptions.ReplayQueue));
        await queue.Send(command);
        return command;
    }

    private sealed class Warehouse
    {
        private readonly Channel<(CustomerResolved Message, Guid? MessageId, Guid? CorrelationId, string? Header)> _received =
            Channel.CreateUnbounded<(CustomerResolved, Guid?, Guid?, string?)>();

        public ChannelReader<(CustomerResolved Message, Guid? MessageId, Guid? CorrelationId, string? Header)> Left => _received.Reader;

        public static async Task<Warehouse> Listen(RunningService service)
        {
            var warehouse = new Warehouse();
            var handle = service.Services.GetRequiredService<IBus>().ConnectReceiveEndpoint("warehouse", endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                endpoint.Handler<CustomerResolved>(context =>
                    warehouse._received.Writer.WriteAsync((context.Message, context.MessageId, context.CorrelationId, context.Headers.Get<string>(ReplayedMessages.Header))).AsTask());
            });
            await handle.Ready;
            return warehouse;
        }

        public async Task<(CustomerResolved Message, Guid? MessageId, Guid? CorrelationId, string? Header)> Next() =>
            await _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
    }
}
