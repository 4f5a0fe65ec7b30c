using FaultLab.UsingTheBroker;

namespace FaultLab.OfferingOrders;

/// <summary>A sale per message, without MassTransit. Accepted when the broker says that a queue has it for good.</summary>
internal sealed class QueueMessages(BrokerControl broker) : IWayIn
{
    private int _messages, _noQueue, _unanswered;

    public string Summary => $"{_messages} messages; of their attempts {_noQueue} found no queue, {_unanswered} were not answered";

    public async Task<bool> Take(Offer offer, CancellationToken abort)
    {
        try
        {
            var routed = await broker.Publish(BrokerControl.ErpOrders, offer.Lines.TrimEnd());
            Interlocked.Increment(ref routed ? ref _messages : ref _noQueue);
            return routed;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !abort.IsCancellationRequested)
        {
            // The broker is away, or goes: it may have the message all the same, and gets it again.
            Interlocked.Increment(ref _unanswered);
            return false;
        }
    }
}
