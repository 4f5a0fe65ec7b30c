using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>Regular expressions of the configuration that a whole text must fit.</summary>
internal static class WholePattern
{
    /// <summary>The expression, which has been checked.</summary>
    public static Regex Of(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>False when the text is no regular expression, or needs backtracking: what a till sends must not decide how long a match takes.</summary>
    public static bool IsOne([StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        try
        {
            // By itself as well: "a)|(b" would be one only by what stands around it.
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            _ = Of(pattern);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
