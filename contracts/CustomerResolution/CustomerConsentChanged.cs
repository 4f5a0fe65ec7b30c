namespace Contracts.CustomerResolution;

/// <summary>
/// Event on topic <c>customer-consents-changed</c>: a customer may no longer be tracked, or may be again. Looked at when something is sent, so
/// that an order which was resolved before is not tracked afterwards.
/// </summary>
public sealed record CustomerConsentChanged
{
    /// <summary>Whose consent; an address as in <see cref="Customer.Email"/>. Personal data: never logged.</summary>
    public required string Email { get; init; }

    /// <summary>True when orders of this customer may be tracked.</summary>
    public required bool MayBeTracked { get; init; }

    /// <summary>Why not; absent when they may.</summary>
    public SuppressionReason? Reason { get; init; }

    /// <summary>Since when that is known, UTC: an older change never replaces a newer one.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>
    /// Key of the customer's card, where it was by the card that this became known: an order may have gone on its way with the card alone. Absent otherwise, and in
    /// events of earlier versions.
    /// </summary>
    public string? CardKey { get; init; }

    /// <summary>Says what changed, never whose.</summary>
    public override string ToString() => $"CustomerConsentChanged {{ may be tracked: {MayBeTracked}, reason: {Reason} }}";
}
