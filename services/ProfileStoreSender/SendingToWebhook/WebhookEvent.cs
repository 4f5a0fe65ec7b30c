using Contracts.CustomerResolution;
using Contracts.OrderIngest;

namespace ProfileStoreSender.SendingToWebhook;

/// <summary>The body of a webhook. Order and customer are those of the messages: whoever knows the topic knows this, and what is not there (operators, tenders) is not here.</summary>
internal sealed record WebhookEvent
{
    /// <summary><see cref="Purchased"/> of a sale.</summary>
    public const string Purchased = "order.purchased";

    /// <summary><see cref="Returned"/> of a return.</summary>
    public const string Returned = "order.returned";

    /// <summary>One of both; says what <see cref="Data"/> is.</summary>
    public required string Type { get; init; }

    /// <summary>When the receipt was closed at the till, UTC; not when this was sent, which the header says.</summary>
    public required DateTime Timestamp { get; init; }

    public required WebhookOrder Data { get; init; }
}

/// <summary>What happened, and to whom.</summary>
internal sealed record WebhookOrder
{
    /// <summary>The order's id in this system.</summary>
    public required Guid OrderId { get; init; }

    public required Order Order { get; init; }

    public required Customer Customer { get; init; }
}
