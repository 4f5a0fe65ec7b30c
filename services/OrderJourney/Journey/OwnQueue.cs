using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.Journey;

/// <summary>Takes what a person asks for to the saga's queue.</summary>
internal sealed class OwnQueue(IBus bus)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The queue's address.</summary>
    public static Uri Address { get; } = QueueAddress.Of(OrderJourneySagaDefinition.Queue);

    /// <summary>False when the broker did not take the message within five seconds: a bus that is not connected would wait for ever.</summary>
    public async Task<bool> Tell<T>(T message, Guid orderId, CancellationToken cancellationToken)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var queue = await bus.GetSendEndpoint(Address);
            await queue.Send(message, context => context.CorrelationId = orderId, patience.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
