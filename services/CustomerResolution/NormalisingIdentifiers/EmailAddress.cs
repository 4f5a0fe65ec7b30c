using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>
/// Tells whether a text can be somebody's e-mail address, and writes it in one way. Deliberately less than RFC 5322: what tills and providers put
/// into the field instead ("none", "n/a", a phone number, two addresses) is kept out, and whatever a mailbox could have is let through.
/// </summary>
internal static class EmailAddress
{
    /// <summary>Longest address in characters (RFC 5321, with the erratum on the path's length).</summary>
    public const int MaxLength = 254;

    private const int LongestMailbox = 64, LongestLabel = 63;

    private static readonly IdnMapping Domains = new();

    /// <summary>
    /// Gives the address trimmed, in lower case, an internationalised domain in its ASCII form: the same for everybody who writes to the same mailbox.
    /// That a mail server may tell letter case apart before the @ is true on paper only.
    /// </summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? email)
    {
        email = null;
        // An ASCII form is never shorter than the domain it stands for, so nothing longer can become an address.
        if (text?.Trim() is not { Length: > 0 and <= MaxLength } trimmed)
            return false;
        var lower = trimmed.ToLowerInvariant();
        var at = lower.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > LongestMailbox || at != lower.LastIndexOf('@') || !IsMailbox(lower[..at]) || AsciiDomain(lower[(at + 1)..]) is not { } domain)
            return false;
        var address = $"{lower[..at]}@{domain}";
        if (address.Length > MaxLength)
            return false;
        email = address;
        return true;
    }

    /// <summary>The domain in ASCII, or null when it is none.</summary>
    public static string? AsciiDomain(string domain)
    {
        if (domain.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return null;
        var ascii = domain;
        if (!domain.All(char.IsAscii))
        {
            try
            {
                ascii = Domains.GetAscii(domain).ToLowerInvariant();
            }
            catch (ArgumentException)
            {
                // Its only way to say that this is no domain.
                return null;
            }
        }
        var labels = ascii.Split('.');
        return labels.Length > 1 && labels.All(IsLabel) ? ascii : null;
    }

    /// <summary>A normalised address with its domain as people read it: <c>pat@müller.example</c>.</summary>
    public static string WithReadableDomain(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        try
        {
            return $"{email[..at]}@{Domains.GetUnicode(email[(at + 1)..])}";
        }
        catch (ArgumentException)
        {
            // xn-- and nothing that it could stand for: it is read as it is written.
            return email;
        }
    }

    private static bool IsMailbox(string text) =>
        text[0] != '.' && text[^1] != '.' && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')');

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
