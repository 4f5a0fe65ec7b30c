using System.Diagnostics.CodeAnalysis;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>
/// Tells whether a text can be somebody's e-mail address. Deliberately less than RFC 5322: what tills and providers put into the field
/// instead ("none", "n/a", a phone number, two addresses) is kept out, and whatever a mailbox could have is let through.
/// </summary>
internal static class EmailAddress
{
    /// <summary>Longest address in characters (RFC 5321, with the erratum on the path's length).</summary>
    public const int MaxLength = 254;

    /// <summary>Gives the trimmed address, letter case as sent.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? email)
    {
        email = text?.Trim();
        if (email is { Length: > 0 and <= MaxLength } && IsAddress(email))
            return true;
        email = null;
        return false;
    }

    private static bool IsAddress(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > 64 || at != text.LastIndexOf('@') || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"'))
            return false;
        var labels = text[(at + 1)..].Split('.');
        return labels.Length > 1 && labels.All(label => label.Length > 0 && label[0] != '-' && label[^1] != '-') && !text[..at].StartsWith('.') && !text[..at].EndsWith('.');
    }
}
