using Contracts.OrderIngest;

namespace Contracts.CustomerResolution;

/// <summary>Command to queue <c>customer-resolution</c>: look for the customer again. Answered like an <see cref="OrderReceived"/>.</summary>
public sealed record ResolveCustomer
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The order as in <see cref="OrderReceived"/>.</summary>
    public required Order Order { get; init; }

    /// <summary>When the look-up was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>
    /// What was said about the customer since: a part that is set replaces the order's own. Personal data: never logged. Absent where nobody said anything.
    /// </summary>
    public CustomerHint? Hint { get; init; }

    /// <summary>Who said it: <see cref="CustomerOrigin.CardRegistration"/> or <see cref="CustomerOrigin.Claim"/>; absent without <see cref="Hint"/>.</summary>
    public CustomerOrigin? HintFrom { get; init; }

    /// <summary>An answer that was asked for before this moment, UTC, does not count; absent = a remembered one will do.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>
    /// With a <see cref="CustomerOrigin.Claim"/> by card, the address that a notice about that card brought: serves where nobody asked knows the card. Personal data:
    /// never logged.
    /// </summary>
    public CustomerHint? Noticed { get; init; }

    /// <summary>True when a person asked for another try; passed on with the answer where nobody is found. Absent otherwise.</summary>
    public bool? TryRefusedAgain { get; init; }
}
