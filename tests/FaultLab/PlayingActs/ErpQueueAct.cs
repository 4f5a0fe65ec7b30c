using FaultLab.UsingTheBroker;
using RunningSystem;

namespace FaultLab.PlayingActs;

/// <summary>OrderIngest dies with messages in hand whose orders cannot be journaled at that moment.</summary>
internal static class ErpQueueAct
{
    private const int Orders = 40;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    public static async Task Play(Stage stage)
    {
        var (ingest, receipts) = (stage.System.OrderIngest, stage.NewReceipts(Orders));
        await using (await stage.HoldBackJournal())
        {
            var published = 0;
            // In two halves: the broker's counts lag, so when they show the second, an early acknowledgement of the first has long been sent.
            foreach (var half in receipts.Chunk(Orders / 2))
            {
                foreach (var receipt in half)
                {
                    if (!await stage.Broker.Publish(BrokerControl.ErpOrders, ErpOrder.Json(ErpOrder.Of(receipt))))
                        throw new InvalidOperationException($"the broker has no queue for {BrokerControl.ErpOrders}");
                }
                published += half.Length;
                await stage.Until("Orders in the hand of OrderIngest", async () => await stage.Broker.Delivered(BrokerControl.ErpOrders) >= published);
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
