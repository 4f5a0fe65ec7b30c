using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>The lists of <c>Loyalty:WeakIdentifiers</c>, ready to compare with. Pure.</summary>
internal sealed class WeakIdentifiers
{
    private readonly CardNumbers _cards;
    private readonly HashSet<Identifier> _whole = [];
    private readonly ILookup<IdentifierKind, WeakPattern> _patterns;

    public WeakIdentifiers(WeakIdentifierOptions? lists, CardNumbers cards, PhoneNumbers phones)
    {
        _cards = cards;
        var patterns = new List<(IdentifierKind Kind, WeakPattern Pattern)>();
        var faults = new List<string>();
        Take(IdentifierKind.LoyaltyCard, nameof(WeakIdentifierOptions.Cards), lists?.Cards, cards.Normalise, cards.Bare);
        Take(IdentifierKind.Email, nameof(WeakIdentifierOptions.Emails), lists?.Emails, text => EmailAddress.TryRead(text, out var email) ? email : null, PieceOfEmail);
        Take(IdentifierKind.Phone, nameof(WeakIdentifierOptions.Phones), lists?.Phones, phones.Normalise, PieceOfPhone);
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
                else if (kind == IdentifierKind.Phone && entry[0] is not ('+' or '*'))
                {
                    faults.Add($"{list}:{i}: begins neither with + nor with *, and so fits no number in its international form");
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
    /// <param name="identifier">What may be listed.</param>
    /// <param name="written">A card's number as it came, where that is known: patterns are compared with that as well.</param>
    public bool Contains(Identifier identifier, string? written = null)
    {
        if (_whole.Contains(identifier))
            return true;
        if (!_patterns.Contains(identifier.Kind))
            return false;
        IReadOnlyList<string> forms = identifier.Kind switch
        {
            IdentifierKind.LoyaltyCard => _cards.FormsOf(written ?? identifier.Value),
            IdentifierKind.Email => [identifier.Value, EmailAddress.WithReadableDomain(identifier.Value)],
            _ => [identifier.Value],
        };
        return _patterns[identifier.Kind].Any(pattern => forms.Any(pattern.Fits));
    }

    private static string PieceOfEmail(string piece)
    {
        var lower = piece.Trim().ToLowerInvariant();
        var at = lower.IndexOf('@', StringComparison.Ordinal);
        // A whole domain is written as it is in an address; a piece of one is taken as it stands.
        return at >= 0 && EmailAddress.AsciiDomain(lower[(at + 1)..]) is { } domain ? $"{lower[..at]}@{domain}" : lower;
    }

    // What is in brackets is dialled from inside the country only.
    private static string PieceOfPhone(string piece)
    {
        var digits = piece.Trim().StartsWith('+') ? piece.Replace("(0)", "", StringComparison.Ordinal) : piece;
        return string.Concat(digits.Where(c => c == '+' || char.IsAsciiDigit(c)));
    }
}
