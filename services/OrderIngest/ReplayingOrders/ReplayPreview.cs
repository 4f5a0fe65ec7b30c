using System.ComponentModel.DataAnnotations;

namespace OrderIngest.ReplayingOrders;

/// <summary>Answer to a dry run. Nothing was changed. Times are UTC.</summary>
internal sealed record ReplayPreview
{
    /// <summary>Who would get the orders.</summary>
    public required string Queue { get; init; }

    /// <summary>As what.</summary>
    [AllowedValues(ReplayMessage.OrderReceived, ReplayMessage.CustomerResolved)]
    public required string Message { get; init; }

    /// <summary>Why the queue could not be sent to now: it is not there, or the broker is away; null when it could.</summary>
    public string? Problem { get; init; }

    /// <summary>How many orders would be sent.</summary>
    public required long Orders { get; init; }

    /// <summary>When the journal accepted the first of them; null without any.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>When the journal accepted the last of them; null without any.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Since when the journal has orders: what was accepted before is not there any more; null when it is empty.</summary>
    public DateTimeOffset? JournalFrom { get; init; }

    /// <summary>How long it would take at least, in seconds, at the rate asked for.</summary>
    public required double AtLeastSeconds { get; init; }

    /// <summary>The same orders by source, store and business date, the oldest first; 500 at most.</summary>
    public required IReadOnlyList<OrdersOfDay> Days { get; init; }

    /// <summary>True when there are more days than are listed.</summary>
    public required bool MoreDays { get; init; }

    /// <summary>What to confirm with: send the same request with this and dryRun false. Null when there is nothing to send.</summary>
    public string? Confirm { get; init; }
}
