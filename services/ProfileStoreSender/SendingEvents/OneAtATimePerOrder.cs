using System.Diagnostics.CodeAnalysis;
using MassTransit;
using MassTransit.Middleware;

namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// Both subscriptions of a destination handle one order one message at a time, so that a command and an event for the same order never send at once. Orders share
/// a partition by hash; there are many, so that an order which is held rarely holds another.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposing the partitioner waits for every order that is held; its semaphores hold nothing that needs it")]
internal sealed class OneAtATimePerOrder<TDestination>
    where TDestination : class, IDestination
{
    private readonly Partitioner _partitions = new(4096, new Murmur3UnsafeHashGenerator());

    /// <summary>Puts a subscription under the shared rule.</summary>
    public void Apply<T>(IConsumePipeConfigurator endpoint, Func<T, Guid> orderId)
        where T : class =>
        endpoint.UsePartitioner<T>(_partitions, context => orderId(context.Message));
}
