namespace Contracts.ProfileStoreSender;

/// <summary>Event on topic <c>orders-tracked</c>: one destination has accepted the order's tracking event.</summary>
public sealed record OrderTracked
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Which destination, for example <c>profile-store</c>.</summary>
    public required string Destination { get; init; }

    /// <summary>The id the destination knows the event by; the same for every attempt.</summary>
    public required string TrackId { get; init; }

    /// <summary>When the destination accepted it, UTC.</summary>
    public required DateTimeOffset TrackedAt { get; init; }
}
