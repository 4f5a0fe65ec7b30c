using System.Collections.Concurrent;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.Tests.ReplayingOrders;

/// <summary>A subscriber that came late: its queue is bound to no topic yet. Stands in for CustomerResolution's queue of replays besides.</summary>
internal sealed class Subscriber
{
    private readonly ConcurrentQueue<ReplayedMessage> _received = new();

    public IReadOnlyCollection<ReplayedMessage> Received => _received;

    public void Subscribe(IBusRegistrationConfigurator bus)
    {
        bus.AddSingleton(this);
        bus.AddConsumer<WarehouseConsumer>().Endpoint(endpoint =>
        {
            endpoint.Name = "warehouse";
            endpoint.ConfigureConsumeTopology = false;
        });
        bus.AddConsumer<ResolutionConsumer>().Endpoint(endpoint =>
        {
            endpoint.Name = "customer-resolution-replays";
            endpoint.ConfigureConsumeTopology = false;
        });
    }

    private void Add(ConsumeContext context, object message, Guid orderId) =>
        _received.Enqueue(new(orderId, message, context.MessageId, context.CorrelationId, context.Headers.Get<string>(ReplayedMessages.Header)));

    private sealed class WarehouseConsumer(Subscriber subscriber) : IConsumer<OrderReceived>
    {
        public Task Consume(ConsumeContext<OrderReceived> context)
        {
            subscriber.Add(context, context.Message, context.Message.OrderId);
            return Task.CompletedTask;
        }
    }

    private sealed class ResolutionConsumer(Subscriber subscriber) : IConsumer<ResolveCustomerForReplay>
    {
        public Task Consume(ConsumeContext<ResolveCustomerForReplay> context)
        {
            subscriber.Add(context, context.Message, context.Message.OrderId);
            return Task.CompletedTask;
        }
    }
}

internal sealed record ReplayedMessage(Guid OrderId, object Message, Guid? MessageId, Guid? CorrelationId, string? Header);
