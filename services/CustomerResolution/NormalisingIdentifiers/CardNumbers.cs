using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>Loyalty card numbers as tills, files and people write them, brought to one form by section <c>CardNumbers</c>. Pure.</summary>
internal sealed class CardNumbers(IOptions<CardNumberOptions> options)
{
    /// <summary>Longest number that is taken for a card, in characters after normalisation; the longest documented is Talon.One's, with 108.</summary>
    public const int MaxLength = 128;

    private readonly CardNumberOptions _rules = options.Value;

    /// <summary>
    /// The number in its one form, or null when the text is no card number: nothing, no letter or digit, a control character, a wrong check digit, or
    /// more than <see cref="MaxLength"/> characters. Something like ".." must not get into an address, where it would name another resource.
    /// </summary>
    public string? Normalise(string? text)
    {
        if (text is null)
            return null;
        var number = Bare(text);
        if (number.Any(char.IsControl) || !number.Any(char.IsLetterOrDigit) || !CheckDigits.Fit(_rules.CheckDigit, number.Replace("-", "", StringComparison.Ordinal)))
            return null;
        number = WithoutPrefix(number);
        if (number.All(char.IsAsciiDigit))
        {
            if (_rules.LeadingZeros == LeadingZeroRule.Remove)
                number = number.TrimStart('0');
            // Zeros and nothing else are nobody's card, and would all become one.
            if (number.Length == 0)
                return null;
            number = number.PadLeft(_rules.PadTo, '0');
        }
        return number.Length <= MaxLength && number.Any(char.IsLetterOrDigit) ? number : null;
    }

    /// <summary>Without blanks, hyphens by their rule: all that can be said of a piece of a number.</summary>
    public string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\u00AD')
        .Where(c => !IsHyphen(c) || _rules.Hyphens == HyphenRule.Keep).Select(c => IsHyphen(c) ? '-' : c));

    /// <summary>
    /// Every way of writing a number: as it came, as the rules leave it, with the prefix and without. A pattern for weak cards is written by somebody who
    /// looks at one of them.
    /// </summary>
    public IReadOnlyList<string> FormsOf(string text)
    {
        var bare = Bare(text);
        var number = WithoutPrefix(bare);
        string[] forms = [number, _rules.LeadingZeros == LeadingZeroRule.Remove ? number.TrimStart('0') : number, Normalise(text) ?? number];
        return [.. forms.Concat(_rules.Prefix is { } prefix ? forms.Select(form => prefix + form) : []).Append(bare).Distinct()];
    }

    /// <summary>
    /// The key of a normalised number: what other services know the card by. A pseudonym and no secret: whoever has the number can compute it, so
    /// it stays out of logs as well.
    /// </summary>
    public static string KeyOf(string number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"card:{number}")));

    private string WithoutPrefix(string number) =>
        _rules.Prefix is { } prefix && number.Length > prefix.Length && number.StartsWith(prefix, StringComparison.Ordinal) ? number[prefix.Length..] : number;

    // U+2010 to U+2015 are what word processors and spreadsheets turn a hyphen into.
    private static bool IsHyphen(char c) => c is '-' or >= '\u2010' and <= '\u2015';
}
