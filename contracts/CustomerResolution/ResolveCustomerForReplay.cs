using Contracts.OrderIngest;

namespace Contracts.CustomerResolution;

/// <summary>
/// Command to queue <c>customer-resolution-replays</c>: look for an order's customer and send a <see cref="CustomerResolved"/> to one queue. Nothing is published, also when
/// there is no customer. A queue of its own, so that a replay never waits in front of fresh orders, and no version that does not know replays answers it to everybody.
/// </summary>
public sealed record ResolveCustomerForReplay
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The order as in <see cref="OrderReceived"/>.</summary>
    public required Order Order { get; init; }

    /// <summary>The replay that asks.</summary>
    public required Guid ReplayId { get; init; }

    /// <summary>Name of the one queue that gets the answer.</summary>
    public required string Queue { get; init; }

    /// <summary>When the look-up was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
