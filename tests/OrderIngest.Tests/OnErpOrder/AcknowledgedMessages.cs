using MassTransit;

namespace OrderIngest.Tests.OnErpOrder;

/// <summary>Counts the messages of queue <c>erp-orders</c> whose acknowledgement has been written: MassTransit tells of a message only after that.</summary>
internal sealed class AcknowledgedMessages : IReceiveObserver
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public Task PostReceive(ReceiveContext context)
    {
        if (context.InputAddress.AbsolutePath.EndsWith("/erp-orders", StringComparison.Ordinal))
            Interlocked.Increment(ref _count);
        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}
