using System.Collections.Concurrent;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using MassTransit;
using MessageExamples;

namespace CustomerResolution.Tests.UnderLoad;

/// <summary>
/// What the journey does for orders whose provider is away, on a clock that stands still: every two seconds the orders whose time has come, 500 at
/// most, are asked for again, each a minute after its last answer.
/// </summary>
internal sealed class WaitingOrders(IBus bus, ManualTime time, ProviderGauge waiting) : IConsumeObserver, IPublishObserver
{
    private const int Batch = 500, Prefetch = 200;
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Order> _orders = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _dueAt = new();
    private int _inHand;
    private int _begun;

    /// <summary>When each order's customer was found; one entry per event.</summary>
    public ConcurrentQueue<(Guid OrderId, DateTimeOffset At)> Resolved { get; } = new();

    public int Orders => _orders.Count;

    /// <summary>True when nothing can happen before the clock moves: no message is there, or as many as the service takes at a time, and all wait.</summary>
    public bool AllWait
    {
        get
        {
            var (inHand, begun) = (Volatile.Read(ref _inHand), Volatile.Read(ref _begun));
            return inHand == 0 || ((begun == inHand || begun >= Prefetch) && waiting.Read() == begun);
        }
    }

    /// <summary>Messages sent and not worked on to their end.</summary>
    public int InHand => Volatile.Read(ref _inHand);

    public int Commands { get; private set; }

    public int Faults { get; private set; }

    public async Task Arrive(int orders)
    {
        for (var i = 0; i < orders; i++)
        {
            var (id, order) = (Guid.NewGuid(), An.Order($"{_orders.Count}", card: $"29{_orders.Count:000000}"));
            _orders[id] = order;
            Interlocked.Increment(ref _inHand);
            await bus.Publish(An.OrderReceived(id, order));
        }
    }

    public async Task Sweep(Uri queue)
    {
        var now = time.GetUtcNow();
        var endpoint = await bus.GetSendEndpoint(queue);
        foreach (var id in _dueAt.Where(waiting => waiting.Value <= now).OrderBy(waiting => waiting.Value).Take(Batch).Select(waiting => waiting.Key).ToList())
        {
            _dueAt.TryRemove(id, out _);
            Commands++;
            Interlocked.Increment(ref _inHand);
            await endpoint.Send(An.ResolveCustomer(id, _orders[id]));
        }
    }

    Task IPublishObserver.PrePublish<T>(PublishContext<T> context)
    {
        if (context.Message is CustomerResolved resolved)
            Resolved.Enqueue((resolved.OrderId, time.GetUtcNow()));
        if (context.Message is CustomerResolutionFailed { Reason: CustomerResolutionFailureReason.ProviderUnavailable } failed)
            _dueAt[failed.OrderId] = time.GetUtcNow() + Recheck;
        return Task.CompletedTask;
    }

    Task IConsumeObserver.PostConsume<T>(ConsumeContext<T> context)
    {
        if (context.Message is OrderReceived or ResolveCustomer)
        {
            Interlocked.Decrement(ref _begun);
            Interlocked.Decrement(ref _inHand);
        }
        return Task.CompletedTask;
    }

    Task IConsumeObserver.ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
    {
        Faults++;
        return Task.CompletedTask;
    }

    Task IConsumeObserver.PreConsume<T>(ConsumeContext<T> context)
    {
        if (context.Message is OrderReceived or ResolveCustomer)
            Interlocked.Increment(ref _begun);
        return Task.CompletedTask;
    }

    Task IPublishObserver.PostPublish<T>(PublishContext<T> context) => Task.CompletedTask;

    Task IPublishObserver.PublishFault<T>(PublishContext<T> context, Exception exception) => Task.CompletedTask;
}
