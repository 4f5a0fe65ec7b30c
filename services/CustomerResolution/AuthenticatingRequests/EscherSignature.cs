using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>
/// The Escher signature of a request (escherauth.io, specification): a hash of the request in canonical form, keyed with a key that is derived
/// from secret, day and scope. Pure.
/// </summary>
/// <param name="Algorithm">SHA-256 or SHA-512.</param>
/// <param name="Prefix">What the algorithm's name begins with.</param>
/// <param name="Scope">The credential scope, without the day.</param>
internal sealed record EscherSignature(HashAlgorithmName Algorithm, string Prefix, string Scope)
{
    private string AlgorithmName => $"{Prefix}-HMAC-{Algorithm.Name}";

    /// <summary>The value of the header that carries the signature.</summary>
    /// <param name="keyId">Who signs.</param>
    /// <param name="secret">What with.</param>
    /// <param name="at">When; the header with the date says the same.</param>
    /// <param name="request">The request in canonical form.</param>
    public string Header(string keyId, string secret, DateTimeOffset at, CanonicalRequest request)
    {
        var toSign = StringToSign(at, request);
        var signature = Convert.ToHexStringLower(Hashes.Keyed(Algorithm, SigningKey(secret, at), Encoding.UTF8.GetBytes(toSign)));
        return $"{AlgorithmName} Credential={keyId}/{Day(at)}/{Scope}, SignedHeaders={request.SignedHeaders}, Signature={signature}";
    }

    /// <summary>What is signed.</summary>
    public string StringToSign(DateTimeOffset at, CanonicalRequest request) =>
        $"{AlgorithmName}\n{Moment(at)}\n{Day(at)}/{Scope}\n{Hashes.Hex(Algorithm, Encoding.UTF8.GetBytes(request.Text(Algorithm)))}";

    /// <summary>A moment as the protocol writes it.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private byte[] SigningKey(string secret, DateTimeOffset at) =>
        Scope.Split('/').Prepend(Day(at)).Aggregate(Encoding.UTF8.GetBytes(Prefix + secret), (key, part) => Hashes.Keyed(Algorithm, key, Encoding.UTF8.GetBytes(part)));
}
