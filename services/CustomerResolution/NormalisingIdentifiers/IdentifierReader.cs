using Contracts.OrderIngest;
using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>From what an order, a notice or a person says to what a customer can be found by: the one way in, so that nothing weak gets past.</summary>
internal sealed class IdentifierReader(CardNumbers cards, PhoneNumbers phones, WeakIdentifiers weak)
{
    /// <summary>Reads what is said about a customer.</summary>
    public Identifiers Read(CustomerHint? hint) => hint is null ? new() : new()
    {
        Email = EmailAddress.TryRead(hint.Email, out var email) ? Strong(IdentifierKind.Email, email) : null,
        Card = Strong(IdentifierKind.LoyaltyCard, cards.Normalise(hint.LoyaltyCard), hint.LoyaltyCard),
        CustomerNumber = Strong(IdentifierKind.CustomerNumber, CustomerNumber.Normalise(hint.CustomerNumber)),
        Phone = Strong(IdentifierKind.Phone, phones.Normalise(hint.Phone)),
    };

    /// <summary>True when this normalised address identifies nobody.</summary>
    public bool IsWeakEmail(string email) => weak.Contains(new(IdentifierKind.Email, email));

    private string? Strong(IdentifierKind kind, string? value, string? written = null) => value is null || weak.Contains(new(kind, value), written) ? null : value;
}
