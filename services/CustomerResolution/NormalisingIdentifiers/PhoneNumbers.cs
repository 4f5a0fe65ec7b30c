using Microsoft.Extensions.Options;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>Telephone numbers in E.164 form: + and 8 to 15 digits, country code first. Pure.</summary>
internal sealed class PhoneNumbers(IOptions<PhoneNumberOptions> options)
{
    private readonly PhoneNumberOptions _rules = options.Value;

    /// <summary>
    /// The number in E.164 form, or null when the text is none: letters (an extension too: a switchboard is no customer), too few or too many digits,
    /// or no country where none is configured. A number that only happens to begin with the country's digits is taken for a national one.
    /// </summary>
    public string? Normalise(string? text)
    {
        if (text is null || Dialled(text) is not { Length: > 0 } number)
            return null;
        if (number[0] == '+')
            return E164(number[1..]);
        if (number.StartsWith(_rules.InternationalPrefix, StringComparison.Ordinal))
            return E164(number[_rules.InternationalPrefix.Length..]);
        if (_rules.DefaultCountryCode is not { Length: > 0 } country)
            return null;
        var national = _rules.TrunkPrefix.Length > 0 && number.StartsWith(_rules.TrunkPrefix, StringComparison.Ordinal) ? number[_rules.TrunkPrefix.Length..] : number;
        // Where 0 is dialled before a number, none begins with it.
        return _rules.TrunkPrefix == "0" && national.StartsWith('0') ? null : E164(country + national);
    }

    // Digits, perhaps + before them; null when anything else is in it that is not written for the eye.
    private string? Dialled(string text)
    {
        var bare = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        // "+44 (0)20": what is in brackets is dialled from inside the country only.
        if (bare.TrimStart('(') is ['+', ..] || bare.StartsWith(_rules.InternationalPrefix, StringComparison.Ordinal))
            bare = bare.Replace("(0)", "", StringComparison.Ordinal);
        var dialled = string.Concat(bare.Where(c => !IsForTheEye(c)));
        return dialled.LastIndexOf('+') < 1 && dialled.All(c => c == '+' || char.IsAsciiDigit(c)) ? dialled : null;
    }

    private static bool IsForTheEye(char c) => c is '-' or '(' or ')' or '.' or '/' or >= '\u2010' and <= '\u2015';

    private static string? E164(string digits) => digits.Length is >= 8 and <= 15 && digits[0] != '0' ? $"+{digits}" : null;
}
