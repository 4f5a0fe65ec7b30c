namespace OrderIngest.JournalingOrders;

/// <summary>An order as the journal has it. Times are UTC.</summary>
internal sealed record JournaledOrder(
    Guid OrderId, string Source, string Body, DateTimeOffset ReceivedAt, DateTimeOffset? PublishedAt, DateTimeOffset? AcknowledgedAt, string? TraceParent);

/// <summary>One round of the relay: how many orders were claimed, and how many of them the broker confirmed.</summary>
internal readonly record struct RelayedBatch(int Claimed, int Published);

/// <summary>An order waiting to be published.</summary>
internal sealed record UnpublishedOrder(Guid OrderId, string Body, string? TraceParent, int Publications);
