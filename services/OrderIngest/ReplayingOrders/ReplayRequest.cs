using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OrderIngest.ReplayingOrders;

/// <summary>Body of <c>POST /replays</c>. A name that is not known is refused: a misspelt filter would mean everything.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReplayRequest
{
    /// <summary>Name of the subscriber's queue, which must exist. Either this or destination.</summary>
    public string? Queue { get; init; }

    /// <summary>A destination of ProfileStoreSender, for example <c>odp</c>: its queue is meant.</summary>
    public string? Destination { get; init; }

    /// <summary>What the subscriber gets. Needed for queues that are not declared, which nobody knows.</summary>
    [AllowedValues(ReplayMessage.OrderReceived, ReplayMessage.CustomerResolved)]
    public string? Message { get; init; }

    /// <summary>Only orders of this source, by its name.</summary>
    public string? Source { get; init; }

    /// <summary>Only orders of these stores, 1,000 at most.</summary>
    public IReadOnlyList<string>? Stores { get; init; }

    /// <summary>Only orders that the journal accepted at this moment or later: 2026-11-20 (UTC), or 2026-11-20T17:00:00Z.</summary>
    public string? From { get; init; }

    /// <summary>Only orders that the journal accepted before this moment.</summary>
    public string? To { get; init; }

    /// <summary>Only orders of this business date or a later one.</summary>
    public DateOnly? BusinessDateFrom { get; init; }

    /// <summary>Only orders of this business date or an earlier one.</summary>
    public DateOnly? BusinessDateTo { get; init; }

    /// <summary>Most orders per second, 1 to 10,000. Default 100.</summary>
    [Range(1, 10_000)]
    public int OrdersPerSecond { get; init; } = 100;

    /// <summary>True counts and changes nothing; the answer has what to confirm with. Default true.</summary>
    public bool DryRun { get; init; } = true;

    /// <summary>For the replay itself: the text of that name in the dry run's answer. Everything else must be as it was there, but ordersPerSecond.</summary>
    public string? Confirm { get; init; }
}
