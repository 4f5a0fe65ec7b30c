using OrderJourney.ClaimingReceipts;

namespace OrderJourney.ErasingPeople;

/// <summary>Body of <c>POST /erasures</c>. Personal data: never logged, never shown.</summary>
/// <param name="Email">The person's address; or</param>
/// <param name="Card">a card; or both.</param>
/// <param name="Reason">Why, or a ticket's number: kept and shown, so no personal data.</param>
internal sealed record ErasureRequest(string? Email, string? Card, string? Reason)
{
    private const int LongestReason = 100;

    /// <summary>Says which parts are there, never what they are.</summary>
    public override string ToString() => $"ErasureRequest {{ email: {Email is not null}, card: {Card is not null} }}";

    /// <summary>What is wrong, naming the field and never its value; null when nothing is.</summary>
    public string? Fault() =>
        Email is null && Card is null ? "email, card: give at least one of them"
        : Email is not null && new Claim(Email, null).Fault() is { } noEmail ? noEmail
        : Card is not null && new Claim(null, Card).Fault() is { } noCard ? noCard
        // An address or a card number would outlive the erasure here.
        : Reason is not null && (Reason.Length > LongestReason || Reason.Any(c => !char.IsLetterOrDigit(c) && c is not (' ' or '-' or '_' or '.' or ',' or '#' or '/' or ':')) || Reason.Count(char.IsDigit) > 10)
            ? $"reason: up to {LongestReason} letters, digits (10 at most), blanks and -_.,#/: and nothing about the person"
        : null;
}
