using Contracts.CustomerResolution;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.SendingEvents;

/// <summary>Writes what came of an order into the ledger, and tells logs and metrics.</summary>
internal sealed class OutcomeRecorder<TDestination>(Ledger ledger, SendingMetrics metrics, ILogger log)
    where TDestination : class, IDestination
{
    /// <summary>What a destination said, or that it said nothing.</summary>
    public async Task<LedgerEntry> Answered(Delivery delivery, DestinationAnswer answer)
    {
        var orderId = delivery.Request.OrderId;
        var state = answer.Kind switch
        {
            AnswerKind.Accepted => DeliveryState.Accepted,
            AnswerKind.Refused => DeliveryState.Refused,
            _ => answer.MayHaveArrived ? DeliveryState.Unknown : DeliveryState.Unavailable,
        };
        if (state == DeliveryState.Unknown && answer.Kind != AnswerKind.RefusedTogether)
        {
            LogMessages.ReplyLost(log, TDestination.Name, orderId);
            metrics.ReplyLost(TDestination.Name);
        }
        if (state == DeliveryState.Refused)
            LogMessages.Refused(log, TDestination.Name, orderId, answer.StatusCode);
        return await ledger.Record(new(orderId, TDestination.Name, delivery.Built.TrackId, state, delivery.CustomerKey)
        {
            StatusCode = answer.StatusCode,
            Answer = delivery.ForTheLedger(answer.Text),
            MayHaveArrived = answer.MayHaveArrived,
        }, delivery.Stopping);
    }

    /// <summary>Nothing was sent, and why.</summary>
    public Task<LedgerEntry> Unsent(Delivery delivery, DeliveryState state, string why, int? statusCode) => ledger.Record(
        new(delivery.Request.OrderId, TDestination.Name, delivery.Built.TrackId, state, delivery.CustomerKey)
        {
            Answer = why,
            StatusCode = statusCode,
            SuppressedBecause = state == DeliveryState.Suppressed ? SuppressionReason.SwitchedOff : null,
        }, delivery.Stopping);

    /// <summary>The ledger knew already.</summary>
    public LedgerEntry Skip(LedgerEntry entry)
    {
        metrics.Skipped(TDestination.Name, entry.State);
        return entry;
    }
}
