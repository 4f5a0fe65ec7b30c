using MassTransit;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>
/// Publishing and sending while a message is worked on, within a bound. RabbitMQ.Client 7.1.2 forgets a publish whose channel MassTransit disposes while the
/// client itself is ending it: no confirm comes, and no error (decision 0014). A message that waits for that is never finished, and its queue is not consumed
/// again. So the wait ends with the delivery's channel, and after 30 s in any case; the message is then tried again.
/// </summary>
public static class ConfirmedSending
{
    /// <summary>How long anybody waits for a confirm.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <summary>Publishes an event about an order and waits for the broker's confirm.</summary>
    /// <param name="context">The message that is worked on.</param>
    /// <param name="message">The event.</param>
    /// <param name="correlationId">The order's id.</param>
    /// <exception cref="TimeoutException">The broker did not confirm within 30 s.</exception>
    /// <exception cref="OperationCanceledException">The delivery's channel is gone, or the service stops.</exception>
    public static Task PublishConfirmed<T>(this ConsumeContext context, T message, Guid correlationId)
        where T : class => Within(Bound, context, token => context.Publish(message, publish => publish.CorrelationId = correlationId, token));

    /// <summary>Sends a command about an order to a queue; with an outbox, once the work is done. Either way not for longer than 30 s from now.</summary>
    /// <param name="context">The message that is worked on.</param>
    /// <param name="queue">See <see cref="QueueAddress"/>.</param>
    /// <param name="message">The command.</param>
    /// <param name="correlationId">The order's id.</param>
    /// <exception cref="OperationCanceledException">The broker did not confirm in time, the delivery's channel is gone, or the service stops.</exception>
    public static async Task SendConfirmed<T>(this ConsumeContext context, Uri queue, T message, Guid correlationId)
        where T : class
    {
        // Not disposed: an outbox uses the token after this call. The timer lets go of it.
        var patience = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        patience.CancelAfter(Bound);
        var endpoint = await context.GetSendEndpoint(queue);
        await endpoint.Send(message, send => send.CorrelationId = correlationId, patience.Token);
    }

    /// <summary>Sends or publishes within a bound.</summary>
    /// <param name="bound">From now.</param>
    /// <param name="context">The message that is worked on.</param>
    /// <param name="publish">Gets the token that ends waiting.</param>
    /// <exception cref="TimeoutException">The broker did not confirm in time.</exception>
    /// <exception cref="OperationCanceledException">The delivery's channel is gone, or the service stops.</exception>
    public static async Task Within(TimeSpan bound, ConsumeContext context, Func<CancellationToken, Task> publish)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        patience.CancelAfter(bound);
        try
        {
            await publish(patience.Token);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"the broker did not confirm within {bound.TotalSeconds} s");
        }
    }
}
