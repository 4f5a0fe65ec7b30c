namespace OrderIngest.JournalingOrders;

/// <summary>What the journal holds. Counting reads whole tables: for a summary, not for a dashboard.</summary>
/// <param name="Accepted">Orders; a repetition is not counted again.</param>
/// <param name="Unpublished">Orders that wait for the broker.</param>
/// <param name="Unacknowledged">Published orders whose journey is not known yet.</param>
/// <param name="RejectedInputs">Inputs (whole orders, or single rows that belong to none) that were not accepted; a repetition is not counted again.</param>
/// <param name="RejectedRows">Rows or lines in them.</param>
/// <param name="Conflicts">Those of the rejected inputs that would have changed an accepted order.</param>
public sealed record JournalCounts(long Accepted, long Unpublished, long Unacknowledged, long RejectedInputs, long RejectedRows, long Conflicts);
