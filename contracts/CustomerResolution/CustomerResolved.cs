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

    /// <summary>
    /// When the answer this rests on was asked for, UTC; earlier than the event where the answer was remembered. What somebody stated later than
    /// this it does not know of. Absent in events of earlier versions.
    /// </summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Key of the card the order was looked up by: equal for equal cards, and no card number. Absent where there is no card that identifies anybody.</summary>
    public string? CardKey { get; init; }

    /// <summary>True when more orders used this card today than a customer makes (<c>Loyalty:SharedCardOrdersPerDay</c>): perhaps a till's own card. Absent otherwise.</summary>
    public bool? CardLooksShared { get; init; }

    /// <summary>
    /// The replay that brought this copy to one subscriber: the customer was looked for again, by what the till said alone. It fills what is missing there and overrules nothing;
    /// whoever acts on news stays quiet. Absent when the event is published as ever.
    /// </summary>
    public Guid? ReplayId { get; init; }

    /// <summary>Says which order and where the customer was found; never who it is, nor the key of the card.</summary>
    public override string ToString() => $"CustomerResolved {{ order: {OrderId}, {Customer} }}";
}
