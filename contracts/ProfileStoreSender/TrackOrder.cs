using Contracts.CustomerResolution;
using Contracts.OrderIngest;

namespace Contracts.ProfileStoreSender;

/// <summary>
/// Command to queue <c>profile-store-sender</c>: send the tracking event unless the ledger says that the destination has it already.
/// Answered like a <see cref="CustomerResolved"/>.
/// </summary>
public sealed record TrackOrder
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The order as in <see cref="OrderReceived"/>.</summary>
    public required Order Order { get; init; }

    /// <summary>Who bought.</summary>
    public required Customer Customer { get; init; }

    /// <summary>Only this destination; absent means every destination that has no answer yet.</summary>
    public string? Destination { get; init; }

    /// <summary>Key of the order's card, as in <see cref="CustomerResolved.CardKey"/>; absent where none is known.</summary>
    public string? CardKey { get; init; }

    /// <summary>When the tracking was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Says which order and where; never the key of the card.</summary>
    public override string ToString() => $"TrackOrder {{ order: {OrderId}, destination: {Destination} }}";
}
