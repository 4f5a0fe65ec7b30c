using Contracts.CustomerResolution;
using Contracts.OrderIngest;

namespace ProfileStoreSender.SendingEvents;

/// <summary>One order to send, whichever message asked for it.</summary>
/// <param name="OrderId">The order's id.</param>
/// <param name="Order">The order.</param>
/// <param name="Customer">Who bought; null where nobody is known by the card, which only some destinations take.</param>
/// <param name="TryRefusedAgain">True when somebody asks on purpose after a refusal, for example because a setting was put right; what was refused for another customer is sent either way.</param>
/// <param name="CardKey">Key of the order's card, where it is known.</param>
internal sealed record TrackingRequest(Guid OrderId, Order Order, Customer? Customer, bool TryRefusedAgain, string? CardKey = null)
{
    /// <summary>The card that nobody is known by; only without a customer.</summary>
    public UnknownCard? Card { get; init; }

    /// <summary>Whose order it is, as the ledger and consents know them.</summary>
    public string CustomerKey => Customer is { } customer ? Contracts.CustomerResolution.CustomerKey.Of(customer.Email) : Contracts.CustomerResolution.CustomerKey.OfCard(Card!.Key);

    /// <summary>The card as consents and the suppression list know it.</summary>
    public string? ListedCard => CardKey is { } key ? Contracts.CustomerResolution.CustomerKey.OfCard(key) : null;

    /// <summary>All that an answer could quote of a person.</summary>
    public IEnumerable<string?> Personal => [Customer?.Email.Trim(), Customer?.Name, Customer?.Card, Card?.Number];

    /// <summary>True when somebody has the journal's orders sent again.</summary>
    public bool IsReplay { get; init; }

    /// <summary>True when nobody has asked for it: the order comes with its customer for the first time.</summary>
    public bool IsFresh => !TryRefusedAgain && !IsReplay;

    /// <summary>Says which order, never whose.</summary>
    public override string ToString() => $"TrackingRequest {{ {OrderId:D} }}";
}

/// <summary>A loyalty card by which nobody is known. Personal data: never logged.</summary>
/// <param name="Number">Normalised.</param>
/// <param name="Key">Its key.</param>
internal sealed record UnknownCard(string Number, string Key)
{
    /// <summary>Says nothing of it.</summary>
    public override string ToString() => nameof(UnknownCard);
}
