namespace FaultLab.BuildingMutants;

/// <summary>The guards, each switched off in turn.</summary>
internal static class Mutants
{
    private const string Bus = "services/ServiceDefaults/ConnectingToTheBus/ServiceBus.cs";
    private const string Ingest = "services/OrderIngest/OrderIngestService.cs";
    private const string Ledger = "services/ProfileStoreSender/KeepingTheLedger/PostgreSqlLedgerStore.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("relay-off", "journal-relay", "nothing is relayed from the journal", "OrderIngest", Ingest,
            "services.AddHostedService(provider => provider.GetRequiredService<OrderRelay>());", ""),
        new("relay-unconfirmed", "journal-relay", "an order counts as published before the broker has confirmed it", "OrderIngest", Bus,
            "PublisherConfirmation = true", "PublisherConfirmation = false"),
        new("mandatory-off", "mandatory-publish", "events that reach no queue count as published", "OrderIngest", Bus,
            "context.Mandatory |=", "context.Mandatory &="),
        new("reconciliation-off", "reconciliation", "journal and journeys are never compared", "OrderIngest", Ingest,
            "services.AddHostedService(provider => provider.GetRequiredService<JourneyReconciliation>());", ""),
        new("ledger-grants-all", "ledger", "the ledger grants every claim", "ProfileStoreSender", Ledger,
            "WHERE (d.state IN ('unavailable', 'suppressed', 'unknown')", "WHERE (true"),
        new("ledger-counts-nothing", "ledger", "the ledger does not count what is sent again although it may have arrived", "ProfileStoreSender", Ledger,
            "uncertain = d.uncertain + excluded.attempts * coalesce(d.may_have_arrived, false)::int", "uncertain = d.uncertain"),
        new("redrive-off", "saga-redrive", "nobody looks for overdue journeys", "OrderJourney", "services/OrderJourney/OrderJourneyService.cs",
            "services.AddHostedService(provider => provider.GetRequiredService<DeadlineSweeper>());", ""),
        new("acknowledged-early", "acknowledgement", "a message is acknowledged as soon as its work has begun", "CustomerResolution",
            "services/CustomerResolution/OnOrderReceived/ResolveCustomerConsumer.cs", "public Task Consume(",
            "public Task Consume(ConsumeContext<OrderReceived> context) { _ = Begin(context); return Task.CompletedTask; } private Task Begin("),
        new("left-behind", "inbox", "what a dead process left half read is never taken up again", "OrderIngest", "services/OrderIngest/WatchingInboxes/InboxWatcher.cs",
            "in working.Complete(inbox.Working(), [])", "in Array.Empty<string>()"),
        new("erp-acknowledged-early", "erp-queue", "an order of the queue is acknowledged as soon as its work has begun", "OrderIngest",
            "services/OrderIngest/OnErpOrder/TakeErpOrderConsumer.cs", "=> order.Receive(context.Message.Body, context.Message.Source, context.CancellationToken);",
            "{ _ = order.Receive(context.Message.Body, context.Message.Source, CancellationToken.None); return Task.CompletedTask; }"),
    ];

    public static Mutant Named(string name) => All.Single(mutant => mutant.Name == name);
}
