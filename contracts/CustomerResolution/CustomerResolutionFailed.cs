using Contracts.OrderIngest;

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

    /// <summary>
    /// When the answer this rests on was asked for, UTC; earlier than the event where the answer was remembered. What somebody stated later than
    /// this it does not know of. Absent in events of earlier versions.
    /// </summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Key of the card the order was looked up by: equal for equal cards, and no card number. Absent where there is no card that identifies anybody.</summary>
    public string? CardKey { get; init; }

    /// <summary>True when more orders used this card today than a customer makes (<c>Loyalty:SharedCardOrdersPerDay</c>): perhaps a till's own card. Absent otherwise.</summary>
    public bool? CardLooksShared { get; init; }

    /// <summary>True when what was claimed cannot identify anybody: no usable address, no card number, or one listed as weak. Absent otherwise.</summary>
    public bool? HintUnusable { get; init; }

    /// <summary>
    /// The order as in <see cref="OrderReceived"/>, for destinations that know people by their card. Only together with <see cref="Card"/>; absent otherwise, and in
    /// events of earlier versions.
    /// </summary>
    public Order? Order { get; init; }

    /// <summary>
    /// The card, normalised, where those who know cards were asked and nobody holds it, or nobody with an address: never of somebody who is blocked, has withdrawn
    /// consent, or could be several, and not where it looks shared. Personal data: never logged.
    /// </summary>
    public string? Card { get; init; }

    /// <summary>True when a person asked for another try: what a destination refused before is sent again. Absent otherwise.</summary>
    public bool? TryRefusedAgain { get; init; }

    /// <summary>Says which order and why; never the card or its key.</summary>
    public override string ToString() => $"CustomerResolutionFailed {{ order: {OrderId}, reason: {Reason} }}";
}
