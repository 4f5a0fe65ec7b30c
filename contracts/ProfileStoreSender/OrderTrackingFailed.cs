using Contracts.CustomerResolution;

namespace Contracts.ProfileStoreSender;

/// <summary>Event on topic <c>order-trackings-failed</c>: one destination has not accepted the order. The journey decides what follows.</summary>
public sealed record OrderTrackingFailed
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Which destination, for example <c>profile-store</c>.</summary>
    public required string Destination { get; init; }

    /// <summary>Why it was not accepted.</summary>
    public required OrderTrackingFailureReason Reason { get; init; }

    /// <summary>HTTP status of the last answer; absent when there was none. The answer's text stays in the sender's ledger.</summary>
    public int? StatusCode { get; init; }

    /// <summary>When the attempt ended, UTC.</summary>
    public required DateTimeOffset FailedAt { get; init; }

    /// <summary>Why it was suppressed; absent with every other <see cref="Reason"/>, and in events of earlier versions.</summary>
    public SuppressionReason? SuppressedBecause { get; init; }
}
