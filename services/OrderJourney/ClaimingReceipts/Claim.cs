namespace OrderJourney.ClaimingReceipts;

/// <summary>Whose a receipt is, as customer service says. Personal data: never logged, never shown.</summary>
/// <param name="Email">The customer's e-mail address; or</param>
/// <param name="Card">the customer's loyalty card.</param>
internal sealed record Claim(string? Email, string? Card)
{
    private const int LongestEmail = 254, LongestCard = 64;

    /// <summary>Says which parts are there, never what they are.</summary>
    public override string ToString() => $"Claim {{ email: {Email is not null}, card: {Card is not null} }}";

    /// <summary>What is wrong, naming the field and never its value; null when nothing is. What an address or a card number looks like exactly is CustomerResolution's business.</summary>
    public string? Fault() => this switch
    {
        { Email: null, Card: null } => "email, card: give one of them",
        { Email: not null, Card: not null } => "email, card: give one of them, not both",
        { Email: { } email } when email.Trim() is not { Length: > 2 and <= LongestEmail } address || address.IndexOf('@', StringComparison.Ordinal) is not (> 0 and var at) || !HasDomain(address[(at + 1)..]) || HasControls(address) =>
            "email: is no e-mail address",
        { Card: { } card } when card.Trim() is not { Length: > 0 and <= LongestCard } number || HasControls(number) => $"card: give 1 to {LongestCard} characters",
        _ => null,
    };

    // A name without a dot is a machine's, and no customer has a mailbox there.
    private static bool HasDomain(string domain) => domain.IndexOf('.', StringComparison.Ordinal) > 0 && !domain.EndsWith('.');

    private static bool HasControls(string text) => text.Any(char.IsControl);
}
