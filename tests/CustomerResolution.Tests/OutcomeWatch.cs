using System.Collections.Concurrent;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using MassTransit;

namespace CustomerResolution.Tests;

/// <summary>
/// Sees every outcome the service publishes and the end of every message it consumes. What a consumer publishes, it publishes before it is
/// done, so when a message has ended, the number of its outcomes is final: nothing needs to be waited out.
/// </summary>
public sealed class OutcomeWatch : IConsumeObserver, IPublishObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _ended = new();
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<Outcome>> _published = new();
    private readonly ConcurrentQueue<object> _everything = new();

    /// <summary>All messages that were published, in that order.</summary>
    public IReadOnlyCollection<object> Published => _everything;

    public sealed record Outcome(Guid OrderId, object Message, Guid? CorrelationId, Guid? ConversationId);

    public async Task<Outcome> OnlyOutcomeOf(Guid orderId)
    {
        await Ended(orderId).Task.WaitAsync(TimeSpan.FromSeconds(60));
        return Assert.Single(_published.TryGetValue(orderId, out var outcomes) ? outcomes : []);
    }

    Task IConsumeObserver.PreConsume<T>(ConsumeContext<T> context) => Task.CompletedTask;

    Task IConsumeObserver.PostConsume<T>(ConsumeContext<T> context)
    {
        if (OrderOf(context.Message) is { } orderId)
            Ended(orderId).TrySetResult();
        return Task.CompletedTask;
    }

    Task IConsumeObserver.ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
    {
        if (OrderOf(context.Message) is { } orderId)
            Ended(orderId).TrySetException(exception);
        return Task.CompletedTask;
    }

    Task IPublishObserver.PrePublish<T>(PublishContext<T> context) => Task.CompletedTask;

    Task IPublishObserver.PostPublish<T>(PublishContext<T> context)
    {
        _everything.Enqueue(context.Message);
        var orderId = context.Message switch
        {
            CustomerResolved resolved => resolved.OrderId,
            CustomerResolutionFailed failed => failed.OrderId,
            _ => (Guid?)null,
        };
        if (orderId is { } id)
            _published.GetOrAdd(id, _ => new()).Enqueue(new(id, context.Message, context.CorrelationId, context.ConversationId));
        return Task.CompletedTask;
    }

    Task IPublishObserver.PublishFault<T>(PublishContext<T> context, Exception exception) => Task.CompletedTask;

    private static Guid? OrderOf(object message) => message switch
    {
        OrderReceived received => received.OrderId,
        ResolveCustomer resolve => resolve.OrderId,
        _ => null,
    };

    private TaskCompletionSource Ended(Guid orderId) =>
        _ended.GetOrAdd(orderId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
