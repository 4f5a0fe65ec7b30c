using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>The lists of <c>Loyalty:WeakIdentifiers</c>, ready to compare with. Pure.</summary>
internal sealed class WeakIdentifiers
{
    private readonly HashSet<Identifier> _whole = [];
    private readonly ILookup<IdentifierKind, WeakPattern> _patterns;

    public WeakIdentifiers(WeakIdentifierOptions? lists, CardNumbers cards, PhoneNumbers phones)
    {
        var patterns = new List<(IdentifierKind Kind, WeakPattern Pattern)>();
        var faults = new List<string>();
        Take(IdentifierKind.LoyaltyCard, nameof(WeakIdentifierOptions.Cards), lists?.Cards, cards.Normalise, cards.Bare);
        Take(IdentifierKind.Email, nameof(WeakIdentifierOptions.Emails), lists?.Emails, text => EmailAddress.TryRead(text, out var email) ? email : null, PieceOfEmail);
        Take(IdentifierKind.Phone, nameof(WeakIdentifierOptions.Phones), lists?.Phones, phones.Normalise, piece => string.Concat(piece.Where(c => c == '+' || char.IsAsciiDigit(c))));
        Take(IdentifierKind.CustomerNumber, nameof(WeakIdentifierOptions.CustomerNumbers), lists?.CustomerNumbers, CustomerNumber.Normalise, piece => piece.Trim());
        _patterns = patterns.ToLookup(found => found.Kind, found => found.Pattern);
        Faults = faults;

        void Take(IdentifierKind kind, string list, IReadOnlyList<string>? entries, Func<string, string?> whole, Func<string, string> piece)
        {
            foreach (var (i, entry) in (entries ?? []).Select(entry => entry?.Trim() ?? "").Index())
            {
                if (!entry.Contains('*', StringComparison.Ordinal))
                {
                    if (whole(entry) is { } value)
                        _whole.Add(new(kind, value));
                    else
                        faults.Add($"{list}:{i}: can be no such thing, and so identifies nobody anyway: correct it or take it away");
                }
                else if (WeakPattern.Read(entry, piece) is { } pattern)
                {
                    patterns.Add((kind, pattern));
                }
                else
                {
                    faults.Add($"{list}:{i}: takes * at either end only, and something beside it");
                }
            }
        }
    }

    /// <summary>What is wrong with the lists, each with its place below <c>Loyalty:WeakIdentifiers</c> and without the entry itself.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>True when this identifies nobody.</summary>
    public bool Contains(Identifier identifier) => _whole.Contains(identifier) || _patterns[identifier.Kind].Any(pattern => pattern.Fits(identifier.Value));

    private static string PieceOfEmail(string piece)
    {
        var at = piece.IndexOf('@', StringComparison.Ordinal);
        var lower = piece.Trim().ToLowerInvariant();
        // A whole domain is written as it is in an address; a piece of one is taken as it stands.
        return at >= 0 && EmailAddress.AsciiDomain(lower[(at + 1)..]) is { } domain ? $"{lower[..at]}@{domain}" : lower;
    }
}
