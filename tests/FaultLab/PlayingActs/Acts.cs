using FaultLab.UsingTheBroker;
using ProfileStoreFault = ProfileStoreStandIn.Misbehaving.Fault;

namespace FaultLab.PlayingActs;

/// <summary>The acts, one per promise.</summary>
internal static class Acts
{
    private const int Orders = 40, Unknowable = 10;

    public static IReadOnlyList<Act> All { get; } =
    [
        new("journal-relay", "an accepted order is published, even if broker and OrderIngest die before the broker has confirmed it", Act.AllFarBut(), JournalRelay) { StopsBroker = true },
        new("mandatory-publish", "an event that reaches no queue counts as not published, and its return brings the bindings back", Act.AllFarBut(), MandatoryPublish),
        new("reconciliation", "a published order that no journey has heard of is published again",
            Act.AllFarBut(("OrderIngest", "OrderIngest__AcknowledgeWithin", "00:00:02"), ("OrderIngest", "OrderIngest__ReconcileEvery", "00:00:00.5")), Reconciliation),
        new("ledger", "no event takes effect twice at the destination, unless a reply was lost, and then it is counted", Act.AllFarBut(), Ledger),
        new("saga-redrive", "a journey asks again for what was lost on its way to the next service",
            Act.AllFarBut(("OrderJourney", "Journey__ResolutionDeadline", "00:00:02"), ("OrderJourney", "Journey__TrackingDeadline", "00:00:02")), SagaRedrive),
        new("acknowledgement", "a message is acknowledged only after its work is done: whoever dies with it in hand does not take it along",
            Act.AllFarBut(("ProfileStoreSender", "ProfileStore__BatchSize", "10")), Acknowledgement),
        new("inbox", "a file in an inbox is journaled to its end exactly once, whoever dies while reading it", InboxAct.Settings, InboxAct.Play),
        new("erp-queue", "an order that the broker has taken for us is acknowledged only when the journal has it", Act.AllFarBut(), ErpQueueAct.Play),
    ];

    public static Act Named(string name) => All.Single(act => act.Name == name);

    private static async Task JournalRelay(Stage stage)
    {
        var ingest = stage.System.OrderIngest;
        // With channels open and everything declared, the relay waits for nothing but confirms.
        await stage.Post(Orders / 4);
        await stage.Promised("Tracked journeys before the fault", async () => await stage.Journeys("Tracked") == Orders / 4, TimeSpan.FromSeconds(15));
        var consumed = await stage.Broker.Consumed();
        // The broker reads nothing and confirms nothing: whatever the relay sends now dies with the broker.
        await stage.RabbitMq.Freeze();
        await stage.Post(Orders / 2);
        await stage.Promised("The relay at work on them", async () => await stage.RelayIsAtWork(beyond: Orders / 4), TimeSpan.FromSeconds(10));
        await ingest.Kill();
        await stage.RabbitMq.Kill();
        await stage.Restart(ingest);
        // Accepted by a process that has never seen a broker, and killed too.
        await stage.Post(Orders / 2);
        await ingest.Kill();
        await stage.Restart(ingest);
        await stage.RabbitMq.Start();
        // The longer a broker was away, the longer the pauses between attempts to reach it: only from here on nothing happening means that nothing will.
        await stage.Until("Whoever read from the broker back at it", async () => consumed.IsSubsetOf(await stage.Broker.Consumed()), TimeSpan.FromSeconds(90));
    }

    private static async Task MandatoryPublish(Stage stage)
    {
        string[] subscribers = ["customer-resolution", "order-journey"];
        foreach (var subscriber in subscribers)
            await stage.Broker.Unbind("orders", subscriber);
        await stage.Until("The topic without subscribers", async () => !(await stage.System.Broker.Bindings()).Any(binding => binding.Source == "orders"));
        await stage.Post(Orders);
        await stage.Promised(
            "The bindings that returned events ask for",
            async () => (await stage.System.Broker.Bindings()).Count(binding => binding.Source == "orders" && subscribers.Contains(binding.Destination)) == 2, TimeSpan.FromSeconds(10));
    }

    private static async Task Reconciliation(Stage stage)
    {
        var (resolution, journey) = (stage.System.CustomerResolution, stage.System.OrderJourney);
        await Task.WhenAll(resolution.Kill(), journey.Kill());
        await stage.Post(Orders);
        foreach (var queue in (string[])["customer-resolution", "order-journey"])
        {
            await stage.Until($"Events in {queue}", async () => await stage.Broker.Waiting(queue) >= Orders);
            await stage.Broker.Purge(queue);
            await stage.Until($"{queue} empty", async () => (await stage.Broker.Read(queue, 1, take: false)).Count == 0);
        }
        await Task.WhenAll(stage.Restart(resolution), stage.Restart(journey));
    }

    private static async Task Ledger(Stage stage)
    {
        var sender = stage.System.ProfileStoreSender;
        await stage.Broker.TapInto("orders", "customers-resolved");
        await stage.Post(Orders);
        await stage.Until("Tracked journeys before the copies", async () => await stage.Journeys("Tracked") == Orders);
        var messages = await stage.Broker.Read(BrokerControl.Tap, 400, take: true);
        if (messages.Count < 2 * Orders)
            throw new InvalidOperationException($"only {messages.Count} messages of {Orders} orders to copy");
        foreach (var message in messages.Reverse().Concat(messages))
            await stage.Broker.PublishAgain(message);

        // Stored, and the sender dies before it hears of it: the one case that nobody can know.
        await stage.Broker.WhenEmpty(TimeSpan.FromSeconds(30));
        var before = await stage.Stored();
        await stage.System.ProfileStore.Misbehave(new ProfileStoreFault { AnswerAfter = TimeSpan.FromSeconds(30) });
        await stage.Post(Unknowable);
        await stage.Until("Events stored and not answered", async () => await stage.Stored() >= before + Unknowable);
        await sender.Kill();
        await stage.System.ProfileStore.Behave();
        await stage.Restart(sender);
    }

    private static async Task SagaRedrive(Stage stage)
    {
        var (resolution, sender) = (stage.System.CustomerResolution, stage.System.ProfileStoreSender);
        await Task.WhenAll(resolution.Kill(), sender.Kill());
        await stage.Post(Orders);
        await stage.Until("Journeys that wait for a customer", async () => await stage.Journeys("Received") == Orders);
        await stage.Broker.Purge("customer-resolution");
        await stage.Restart(resolution);
        await stage.Promised("Customers resolved after the commands came again", async () => await stage.Journeys("Resolved") == Orders, TimeSpan.FromSeconds(15));
        await stage.Broker.Purge("profile-store-sender");
        await stage.Restart(sender);
    }

    private static async Task Acknowledgement(Stage stage)
    {
        var (resolution, sender) = (stage.System.CustomerResolution, stage.System.ProfileStoreSender);
        await stage.System.Loyalty.PutFault(new() { Delay = TimeSpan.FromSeconds(30) });
        await using (await stage.HoldBackJourneys())
        {
            await stage.Post(Orders);
            await stage.Until("Look-ups under way", async () => (await stage.System.Loyalty.Requests()).AtOnce >= Orders / 2);
            await stage.Until("Events in the journeys' hand", async () => await stage.Broker.Waiting("order-journey") >= Orders);
            await Task.WhenAll(resolution.Kill(), stage.System.OrderJourney.Kill());
        }
        await stage.System.Loyalty.ClearFaults();
        await stage.System.ProfileStore.Misbehave(new ProfileStoreFault { Delay = TimeSpan.FromSeconds(1.5) });
        var before = (await stage.System.ProfileStore.Summary()).Requests;
        await Task.WhenAll(stage.Restart(resolution), stage.Restart(stage.System.OrderJourney));
        // Of ten orders at most: one that carried all of them would be the only one.
        await stage.Promised("Requests under way to the destination", async () => (await stage.System.ProfileStore.Summary()).Requests >= before + 2, TimeSpan.FromSeconds(15));
        await sender.Kill();
        await stage.System.ProfileStore.Behave();
        await stage.Restart(sender);
    }
}
