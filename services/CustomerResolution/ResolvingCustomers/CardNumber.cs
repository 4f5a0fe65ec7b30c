namespace CustomerResolution.ResolvingCustomers;

/// <summary>Loyalty card numbers as tills send them: with blanks and hyphens as printed on the card, or without.</summary>
internal static class CardNumber
{
    /// <summary>Longest number that is taken for a card, in characters after normalisation; the longest documented is Talon.One's, with 108.</summary>
    public const int MaxLength = 128;

    /// <summary>
    /// The number without blanks and hyphens, or null when that leaves no card number: nothing, no letter or digit, or more than
    /// <see cref="MaxLength"/> characters. Something like ".." must not get into an address, where it would name another resource.
    /// </summary>
    public static string? Normalise(string? card)
    {
        if (card is null)
            return null;
        var normal = string.Concat(card.Where(c => !char.IsWhiteSpace(c) && !IsHyphen(c)));
        return normal.Length <= MaxLength && normal.Any(char.IsLetterOrDigit) ? normal : null;
    }

    // U+2010 to U+2015 are what word processors and spreadsheets turn a hyphen into; U+00AD is the soft one.
    private static bool IsHyphen(char c) => c is '-' or '\u00AD' or >= '\u2010' and <= '\u2015';
}
