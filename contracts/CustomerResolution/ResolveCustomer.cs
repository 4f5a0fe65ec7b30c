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
}
