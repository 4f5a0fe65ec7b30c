namespace Contracts.OrderIngest;

/// <summary>
/// Event on topic <c>orders</c>: an in-store order was accepted, journaled and has an id.
/// Published at least once per order; the same <see cref="OrderId"/> is always the same sale.
/// </summary>
public sealed record OrderReceived
{
    /// <summary>Name-based UUID (version 5) of the sale's key; message id, correlation id and root of every later id.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The order as the till reported it, normalised: positive amounts, voided lines left out.</summary>
    public required Order Order { get; init; }

    /// <summary>When the journal accepted the order, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// The replay that brought this copy to one subscriber, out of the journal: nothing happened just now, so whoever acts on news stays quiet. Absent when the event is
    /// published as ever.
    /// </summary>
    public Guid? ReplayId { get; init; }
}
