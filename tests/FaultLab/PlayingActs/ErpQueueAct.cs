using FaultLab.UsingTheBroker;
using RunningSystem;

namespace FaultLab.PlayingActs;

/// <summary>OrderIngest dies with messages in hand whose orders cannot be journaled at that moment.</summary>
internal static class ErpQueueAct
{
    private const int Orders = 40;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public static async Task Play(Stage stage)
    {
        var (ingest, receipts) = (stage.System.OrderIngest, stage.NewReceipts(Orders));
        await using (await stage.HoldBackJournal())
        {
            // In two halves: when the second has gone out too, an early acknowledgement of the first has long been sent.
            foreach (var half in receipts.Chunk(Orders / 2))
            {
                var routed = await Task.WhenAll(half.Select(receipt => stage.Broker.Publish(BrokerControl.ErpOrders, ErpOrder.Json(ErpOrder.Of(receipt)))));
                if (routed.Contains(false))
                    throw new InvalidOperationException($"the broker has no queue for {BrokerControl.ErpOrders}");
                // Asked of the queue itself: what is known to be in it and cannot be had is in somebody's hand. The broker's statistics lag by seconds.
                await stage.Until("Orders in the hand of OrderIngest", async () => (await stage.Broker.Read(BrokerControl.ErpOrders, 1, take: false)).Count == 0);
            }
            await stage.Until("An order on its way into the journal", stage.JournalIsAwaited);
            await stage.Die(ingest);
        }
        if (await stage.Journaled() is > 0 and var journaled)
            throw new InvalidOperationException($"{journaled} orders came into the journal although it was locked");
        await stage.Restart(ingest);
        await stage.Accept(receipts, Soon);
    }
}
