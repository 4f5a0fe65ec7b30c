using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;
using OrderIngest.RelayingOrders;

namespace OrderIngest.ReceivingOrders;

/// <summary>
/// An order from a queue: one order per message, as in <c>POST /orders</c>. Returns once it is in the journal, or kept with the rejected input, which is the only
/// answer there is; so the message is acknowledged whatever was in it, and while the database is away it waits. The same message again has no second effect.
/// </summary>
internal sealed class QueuedOrder(
    JsonOrderReader reader, ConfiguredSources sources, OrderIntake intake, QueuedWrites writes, IJournal journal, RelaySignal relay, OrderIngestMetrics metrics,
    IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<QueuedOrder> log)
{
    /// <summary>Which way it came, for the rejected input.</summary>
    public const string Origin = "erp-orders";

    /// <param name="body">As it came.</param>
    /// <param name="named">Source in the message's header; null when only the body may name it.</param>
    /// <param name="cancellationToken">Gives up waiting; the message must then be delivered again.</param>
    public async Task Receive(byte[] body, string? named, CancellationToken cancellationToken)
    {
        var input = Read(body, named);
        if (input.Order is null)
        {
            await Keep(input, RejectionReason.Invalid, null, cancellationToken);
            metrics.Rejected(input.Source, 1);
            return;
        }
        var entry = JournalEntry.Of(input.Order, time.GetUtcNow());
        switch (await writes.Add(entry, cancellationToken))
        {
            case JournalAnswer.Conflict:
                await Keep(input, RejectionReason.ChangedAfterAcceptance, entry.OrderId, cancellationToken);
                metrics.Conflicts(input.Source, 1);
                LogMessages.Conflict(log, entry.OrderId, input.Source);
                break;
            case JournalAnswer.Accepted:
                relay.Wake();
                metrics.Accepted(input.Source, [input.Order.StoreId]);
                break;
            default:
                metrics.Duplicates(input.Source, 1);
                break;
        }
    }

    private ReadInput Read(byte[] body, string? named)
    {
        var known = named is null ? null : sources.Find(named);
        // Kept whole: there is no sender who could be told to send it again in another way.
        if (body.Length > options.Value.MaxOrderBytes)
            return new() { Source = known?.Name ?? "", Faults = [new("$", $"is larger than {options.Value.MaxOrderBytes} bytes")], Raw = [body] };
        var input = reader.Read(body, known);
        return named is null || known is not null ? input : input with { Order = null, Faults = [new("header source", "is not configured"), .. input.Faults] };
    }

    private Task Keep(ReadInput input, RejectionReason reason, Guid? orderId, CancellationToken cancellationToken) =>
        journal.Keep([intake.Rejection(input, reason, orderId, new(Origin, InputFormat.Json))], cancellationToken);
}
