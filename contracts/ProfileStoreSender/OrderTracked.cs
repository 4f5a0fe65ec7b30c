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

    /// <summary>
    /// Whose profile it went to: SHA-256 of the e-mail address in lower case, as lower-case hexadecimal; or, where nobody was known and it went with the
    /// card alone, <c>card:</c> and the key of the card. Absent in events of earlier versions, and where the order was accepted before this was kept.
    /// </summary>
    public string? CustomerKey { get; init; }

    /// <summary>Says which order and where; never the key of the customer.</summary>
    public override string ToString() => $"OrderTracked {{ order: {OrderId}, destination: {Destination} }}";
}
