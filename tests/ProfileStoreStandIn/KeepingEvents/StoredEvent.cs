using System.Text.Json;

namespace ProfileStoreStandIn.KeepingEvents;

/// <summary>An event as it came in.</summary>
/// <param name="Sequence">1 for the first since the start or the last clearing; gapless.</param>
/// <param name="TrackId">The sender's id of the event; null when it sent none.</param>
/// <param name="StoredAt">When it was stored, UTC.</param>
/// <param name="Event">The body, untouched.</param>
public sealed record StoredEvent(long Sequence, string? TrackId, DateTimeOffset StoredAt, JsonElement Event);

/// <summary>What arrived so far.</summary>
/// <param name="Requests">Calls of Track and TrackBulk, refused ones included.</param>
/// <param name="Stored">Events stored, doubled ones included.</param>
/// <param name="Distinct">Different trackIds stored.</param>
/// <param name="Doubled">trackIds stored more than once; the first thousand.</param>
/// <param name="DoubledCount">How many trackIds were stored more than once.</param>
/// <param name="Rejected">Calls that were not answered 2xx, by status; <c>aborted</c> counts connections that were cut.</param>
public sealed record StandInSummary(
    long Requests, long Stored, long Distinct, IReadOnlyList<string> Doubled, long DoubledCount, IReadOnlyDictionary<string, long> Rejected)
{
    /// <summary>Calls of TrackEvents, refused ones included.</summary>
    public long Queries { get; init; }
}
