using MassTransit;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>Publishing from a consumer, with a bound.</summary>
public static class OutcomePublishing
{
    // Far longer than a confirm takes, and than a broker's pause to write.
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Publishes the one event that tells a message's outcome. A confirm that went down with its connection is waited for by the client library for ever
    /// (seen when a process was frozen while its connections were closed), and a queue whose messages are all in such hands never gets its consumer back.
    /// </summary>
    /// <exception cref="TimeoutException">No confirm in time: the message is tried again, and its outcome may be published twice.</exception>
    public static async Task PublishOutcome<T>(this ConsumeContext context, T outcome, Guid correlationId)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        patience.CancelAfter(ConfirmWithin);
        try
        {
            await context.Publish(outcome, publish => publish.CorrelationId = correlationId, patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The broker has not confirmed {typeof(T).Name} within {ConfirmWithin.TotalSeconds:0} s", exception);
        }
    }
}
