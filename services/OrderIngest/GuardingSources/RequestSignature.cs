using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace OrderIngest.GuardingSources;

/// <summary>
/// What a signed request says of itself: <c>X-Timestamp</c> (Unix seconds) and <c>X-Signature: v1=&lt;hex&gt;</c>, the HMAC-SHA256 of time, method, path with query and body,
/// separated by line feeds. None of the first three can hold a line feed, so nothing can be moved from one to the other.
/// </summary>
internal sealed class RequestSignature
{
    /// <summary>Header of the time, Unix seconds.</summary>
    public const string TimestampHeader = "X-Timestamp";

    /// <summary>Header of the signature; several, separated by commas, while the sender exchanges its secret.</summary>
    public const string Header = "X-Signature";

    private const string Version = "v1=";
    private const int MostSignatures = 5;

    private readonly IReadOnlyList<byte[]> _signatures;
    private readonly string _timestamp;

    private RequestSignature(string timestamp, DateTimeOffset at, IReadOnlyList<byte[]> signatures) => (_timestamp, At, _signatures) = (timestamp, at, signatures);

    /// <summary>When the request was signed, by the sender's clock.</summary>
    public DateTimeOffset At { get; }

    /// <summary>What the headers say, or null when they are missing or not in the form above.</summary>
    public static RequestSignature? Of(HttpRequest request)
    {
        var timestamp = request.Headers[TimestampHeader].ToString();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return null;
        var signatures = new List<byte[]>();
        foreach (var one in request.Headers[Header].ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            if (!one.StartsWith(Version, StringComparison.Ordinal) || one.Length != Version.Length + HMACSHA256.HashSizeInBytes * 2 || !one.Skip(Version.Length).All(char.IsAsciiHexDigit))
                return null;
            signatures.Add(Convert.FromHexString(one.AsSpan(Version.Length)));
        }
        return signatures.Count <= MostSignatures ? new(timestamp, DateTimeOffset.FromUnixTimeSeconds(seconds), signatures) : null;
    }

    /// <summary>One hash for each secret, with everything but the body in it.</summary>
    public IReadOnlyList<IncrementalHash> Begin(HttpRequest request, IReadOnlyList<byte[]> secrets)
    {
        var head = Encoding.UTF8.GetBytes($"{_timestamp}\n{request.Method}\n{Target(request)}\n");
        return [.. secrets.Select(secret =>
        {
            var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
            hash.AppendData(head);
            return hash;
        })];
    }

    /// <summary>Compares every signature with every hash, so that the time taken says nothing.</summary>
    public bool IsRight(IReadOnlyList<IncrementalHash> hashes)
    {
        var right = false;
        foreach (var hash in hashes)
        {
            var expected = hash.GetHashAndReset();
            foreach (var signature in _signatures)
                right |= CryptographicOperations.FixedTimeEquals(signature, expected);
        }
        return right;
    }

    // As it stood in the request line, not as routing decoded it: the sender signs what it sends.
    private static string Target(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw && raw[0] == '/' ? raw : $"{request.PathBase}{request.Path}{request.QueryString}";
}
