using System.Diagnostics;
using Contracts.CustomerResolution;
using Contracts.ProfileStoreSender;
using MassTransit;
using ProfileStoreSender.KeepingTheLedger;
using ProfileStoreSender.SendingEvents;
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

    /// <summary>What a row of the ledger amounts to.</summary>
    /// <exception cref="ClaimedElsewhereException">Another process sends it right now.</exception>
    public static TrackingOutcome Of(LedgerEntry entry) => entry.State switch
    {
        DeliveryState.Accepted => Accepted(entry.OrderId, entry.Destination, entry.TrackId, entry.UpdatedAt, entry.CustomerKey),
        DeliveryState.Refused => NotAccepted(entry, OrderTrackingFailureReason.Refused),
        DeliveryState.Suppressed => NotAccepted(entry, OrderTrackingFailureReason.Suppressed),
        DeliveryState.Unavailable => NotAccepted(entry, OrderTrackingFailureReason.Unavailable),
        DeliveryState.Unknown => NotAccepted(entry, OrderTrackingFailureReason.ReplyLost),
        DeliveryState.Sending => throw new ClaimedElsewhereException(entry.OrderId),
        _ => throw new UnreachableException($"state {entry.State}"),
    };

    private static TrackingOutcome NotAccepted(LedgerEntry entry, OrderTrackingFailureReason reason) =>
        NotAccepted(entry.OrderId, entry.Destination, reason, entry.StatusCode, entry.UpdatedAt, entry.SuppressedBecause);

    /// <summary>Publishes the one event, correlated by the order.</summary>
    public Task PublishFor(ConsumeContext context) => Tracked is { } tracked
        ? context.PublishConfirmed(tracked, tracked.OrderId)
        : context.PublishConfirmed(Failed!, Failed!.OrderId);
}
