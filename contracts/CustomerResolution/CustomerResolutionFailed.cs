namespace Contracts.CustomerResolution;

/// <summary>Event on topic <c>customer-resolutions-failed</c>: one attempt to find the customer ended without one. The journey decides what follows.</summary>
public sealed record CustomerResolutionFailed
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Why there is no customer.</summary>
    public required CustomerResolutionFailureReason Reason { get; init; }

    /// <summary>When the attempt ended, UTC.</summary>
    public required DateTimeOffset FailedAt { get; init; }
}
