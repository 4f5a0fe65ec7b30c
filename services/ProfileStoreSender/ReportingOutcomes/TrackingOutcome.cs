using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace ProfileStoreSender.ReportingOutcomes;

/// <summary>How one message ended: exactly one of both events.</summary>
internal sealed record TrackingOutcome
{
    private TrackingOutcome() { }

    /// <summary>The destination has the event.</summary>
    public OrderTracked? Tracked { get; private init; }

    /// <summary>The destination does not have it.</summary>
    public OrderTrackingFailed? Failed { get; private init; }

    /// <summary>With whose profile it went to, where that is known.</summary>
    public static TrackingOutcome Accepted(Guid orderId, string destination, string trackId, DateTimeOffset at, string? customerKey) =>
        new() { Tracked = new() { OrderId = orderId, Destination = destination, TrackId = trackId, TrackedAt = at, CustomerKey = customerKey } };

    public static TrackingOutcome Refused(Guid orderId, string destination, DateTimeOffset at) =>
        NotAccepted(orderId, destination, OrderTrackingFailureReason.Refused, null, at);

    /// <summary>With <paramref name="because"/> where it was suppressed.</summary>
    public static TrackingOutcome NotAccepted(Guid orderId, string destination, OrderTrackingFailureReason reason, int? statusCode, DateTimeOffset at, SuppressionReason? because = null) =>
        new() { Failed = new() { OrderId = orderId, Destination = destination, Reason = reason, StatusCode = statusCode, FailedAt = at, SuppressedBecause = because } };

    /// <summary>Publishes the one event, correlated by the order.</summary>
    public Task PublishFor(ConsumeContext context) => Tracked is { } tracked
        ? context.PublishConfirmed(tracked, tracked.OrderId)
        : context.PublishConfirmed(Failed!, Failed!.OrderId);
}
