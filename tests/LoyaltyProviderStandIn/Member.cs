namespace LoyaltyProviderStandIn;

/// <summary>The holder of a card, at the loyalty provider or in the web shop.</summary>
public sealed record Member
{
    /// <summary>The card's number, as it must be asked for.</summary>
    public required string Card { get; init; }

    /// <summary>The provider's id of the customer.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Absent for a member who never gave one.</summary>
    public string? Email { get; init; }

    /// <summary>Display name.</summary>
    public string? Name { get; init; }

    /// <summary><c>active</c> (default), <c>blocked</c>, or whatever a test wants.</summary>
    public string Status { get; init; } = "active";

    /// <summary>Telephone number, E.164; only the dialects that are asked by it look at it.</summary>
    public string? Phone { get; init; }

    /// <summary>Whether the member agreed to marketing; absent where nobody asked. Only the dialects that have such a field show it.</summary>
    public bool? Consent { get; init; }

    /// <summary>The status only; the rest would be somebody's data, were anybody here real.</summary>
    public override string ToString() => $"Member {{ {Status} }}";
}
