using Contracts.OrderIngest;

namespace Contracts.CustomerResolution;

/// <summary>Event on topic <c>customers-resolved</c>: the customer of an order is known. Carries the order, so that no subscriber has to ask for it.</summary>
public sealed record CustomerResolved
{
    /// <summary>The order's id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The order as in <see cref="OrderReceived"/>.</summary>
    public required Order Order { get; init; }

    /// <summary>Who bought.</summary>
    public required Customer Customer { get; init; }

    /// <summary>When the customer was found, UTC.</summary>
    public required DateTimeOffset ResolvedAt { get; init; }
}
