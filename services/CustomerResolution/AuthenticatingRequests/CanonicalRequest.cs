using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>A request in the form both sides of an Escher signature bring it into.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Address">Absolute; dot segments are gone.</param>
/// <param name="Headers">Those that are signed, date and host among them.</param>
/// <param name="Body">Empty where there is none.</param>
internal sealed partial record CanonicalRequest(string Method, Uri Address, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>The names of the signed headers.</summary>
    public string SignedHeaders => string.Join(';', Lines.Select(line => line.Key));

    private IEnumerable<IGrouping<string, string>> Lines =>
        Headers.GroupBy(header => header.Name.ToLowerInvariant(), header => OneBlank(header.Value)).OrderBy(line => line.Key, StringComparer.Ordinal);

    /// <summary>The form itself. Holds whatever the request holds, identifiers included: never shown.</summary>
    public string Text(HashAlgorithmName algorithm) => string.Join(
        '\n',
        [Method, Slashes().Replace(Address.AbsolutePath, "/"), Query(), .. Lines.Select(line => $"{line.Key}:{string.Join(',', line)}"), "", SignedHeaders, Hashes.Hex(algorithm, Body)]);

    /// <summary>Never shows the address.</summary>
    public override string ToString() => nameof(CanonicalRequest);

    private string Query() => string.Join('&', Address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(parameter => parameter.Split('=', 2)).Select(pair => (Name: Encoded(pair[0]), Value: pair.Length > 1 ? Encoded(pair[1]) : ""))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => $"{pair.Name}={pair.Value}"));

    // As the protocol's published examples have it, a plus sign is a blank, and neither ! nor * is encoded.
    private static string Encoded(string part) => Uri.EscapeDataString(Uri.UnescapeDataString(part.Replace('+', ' ')))
        .Replace("%21", "!", StringComparison.Ordinal).Replace("%2A", "*", StringComparison.Ordinal);

    // Blanks between quotes are kept.
    private static string OneBlank(string value) =>
        string.Join('"', value.Trim().Split('"').Select((part, index) => index % 2 == 0 ? Blanks().Replace(part, " ") : part));

    [GeneratedRegex("/{2,}")]
    private static partial Regex Slashes();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
