using MassTransit;

namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>What is sent to one queue because somebody replays: how it is marked, and how one notices that the queue is gone.</summary>
public static class ReplayedMessages
{
    /// <summary>Transport header with the replay's id, for subscribers that look at headers before they read a body.</summary>
    public const string Header = "Replay-Id";

    /// <summary>
    /// Marks a message as a replay's. It has the ids it had when it was published, so that whoever knows it by its id knows it again, and comes back where no queue takes it.
    /// </summary>
    /// <param name="send">The message on its way.</param>
    /// <param name="replayId">The replay.</param>
    /// <param name="orderId">The order.</param>
    public static void MarkReplayed(this SendContext send, Guid replayId, Guid orderId)
    {
        ArgumentNullException.ThrowIfNull(send);
        (send.MessageId, send.CorrelationId) = (orderId, orderId);
        send.Headers.Set(Header, $"{replayId:D}");
        if (send.TryGetPayload(out RabbitMqSendContext? rabbit))
            rabbit.Mandatory = true;
    }
}
