using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace LoyaltyProviderStandIn.Dialects;

/// <summary>
/// Checks Escher signatures of requests without a body. Written from the specification (escherauth.io) and its public test suite, apart from
/// the code that signs, so that a mistake made on one side shows.
/// </summary>
internal sealed partial class EscherSignature(string prefix, string key, string secret, string scope, TimeProvider time)
{
    // How far the caller's clock may be off.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public bool IsValid(HttpRequest request)
    {
        if (Form().Match(request.Headers.Authorization.ToString()) is not { Success: true } given
            || given.Groups["algorithm"].Value != $"{prefix}-HMAC-SHA256" || given.Groups["key"].Value != key || given.Groups["scope"].Value != scope
            || DateOf(request) is not { } date || (time.GetUtcNow() - date).Duration() > Skew || given.Groups["day"].Value != Long(date)[..8])
            return false;
        var signed = given.Groups["headers"].Value.Split(';');
        if (!signed.Contains("host") || !signed.Contains("date") || signed.Any(name => !request.Headers.ContainsKey(name)))
            return false;
        var expected = Convert.ToHexStringLower(Hmac(SigningKey(date), $"{prefix}-HMAC-SHA256\n{Long(date)}\n{Long(date)[..8]}/{scope}\n{Hash(Canonical(request, signed))}"));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given.Groups["signature"].Value), Encoding.ASCII.GetBytes(expected));
    }

    private static string Canonical(HttpRequest request, IEnumerable<string> signed)
    {
        // As it came over the wire: what routing made of it is not what was signed.
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var query = (target.Length < 2 ? "" : target[1]).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Select(pair => $"{Encoded(pair[0])}={Encoded(pair.Length > 1 ? pair[1] : "")}").Order(StringComparer.Ordinal);
        var names = signed.Order(StringComparer.Ordinal).ToList();
        return string.Join('\n',
        [
            request.Method, target[0], string.Join('&', query),
            .. names.Select(name => $"{name}:{request.Headers[name].ToString().Trim()}"),
            "", string.Join(';', names), Hash(""),
        ]);
    }

    private byte[] SigningKey(DateTimeOffset date) =>
        scope.Split('/').Prepend(Long(date)[..8]).Aggregate(Encoding.UTF8.GetBytes(prefix + secret), Hmac);

    // The header Date has HTTP's own form; clients that write the long one into it are taken as well, as the public libraries do.
    private static DateTimeOffset? DateOf(HttpRequest request)
    {
        var text = request.Headers.Date.ToString();
        return DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            || DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date) ? date : null;
    }

    private static string Long(DateTimeOffset date) => date.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    // Of the characters RFC 3986 encodes, the protocol's own libraries leave these two as they are.
    private static string Encoded(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text.Replace('+', ' '))).Replace("%21", "!", StringComparison.Ordinal).Replace("%2A", "*", StringComparison.Ordinal);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Hmac(byte[] with, string text) => HMACSHA256.HashData(with, Encoding.UTF8.GetBytes(text));

    [GeneratedRegex("^(?<algorithm>[A-Z0-9-]+) Credential=(?<key>[^/]+)/(?<day>[0-9]{8})/(?<scope>[^,]+), SignedHeaders=(?<headers>[a-z0-9;-]+), Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Form();
}
