namespace OrderIngest.JournalingOrders;

/// <summary>What the journal still has to do.</summary>
/// <param name="OldestUnpublished">When the oldest order that waits for the broker was received, UTC; null when none waits.</param>
/// <param name="Unpublished">Orders that wait for the broker.</param>
/// <param name="WithoutJourney">Published orders whose journey should be known by now and is not, those that are published again included.</param>
internal sealed record JournalBacklog(DateTimeOffset? OldestUnpublished, long Unpublished, long WithoutJourney);
