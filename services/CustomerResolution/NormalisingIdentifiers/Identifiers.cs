using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>What a customer can be found by, normalised; what cannot be one, or is weak, is absent. Personal data: never logged.</summary>
internal sealed record Identifiers
{
    public string? Email { get; init; }

    public string? Card { get; init; }

    public string? CustomerNumber { get; init; }

    public string? Phone { get; init; }

    /// <summary>The card's key, where there is a card.</summary>
    public string? CardKey => Card is null ? null : CardNumbers.KeyOf(Card);

    /// <summary>True when nobody can be found by these.</summary>
    public bool None => (Email ?? Card ?? CustomerNumber ?? Phone) is null;

    /// <summary>The identifier of a kind, or null.</summary>
    public Identifier? Of(IdentifierKind kind) => kind switch
    {
        IdentifierKind.LoyaltyCard => Card,
        IdentifierKind.CustomerNumber => CustomerNumber,
        IdentifierKind.Phone => Phone,
        IdentifierKind.Email => Email,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "nothing is known by this kind"),
    } is { } value ? new Identifier(kind, value) : null;

    /// <summary>These, and what they lack from others.</summary>
    public Identifiers Or(Identifiers others) => new()
    {
        Email = Email ?? others.Email,
        Card = Card ?? others.Card,
        CustomerNumber = CustomerNumber ?? others.CustomerNumber,
        Phone = Phone ?? others.Phone,
    };

    /// <summary>Says which are there, never what they are.</summary>
    public override string ToString() =>
        $"Identifiers {{ card: {Card is not null}, number: {CustomerNumber is not null}, email: {Email is not null}, phone: {Phone is not null} }}";
}
