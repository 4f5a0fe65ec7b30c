using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>Signs a request with a keyed hash over what a template puts together.</summary>
internal sealed class HmacSignature : RequestAuthentication
{
    /// <summary>What a template can hold.</summary>
    internal static readonly IReadOnlyList<string> Names = ["timestamp", "method", "path", "pathAndQuery", "query", "host", "key", "body", "bodyHash"];

    private readonly ProviderSettings _provider;
    private readonly TimeProvider _time;
    private readonly AuthenticationOptions _options;
    private readonly HashAlgorithmName _algorithm;
    private readonly byte[] _secret;
    private readonly TextTemplate _signed;
    private readonly TextTemplate _prefix;

    public HmacSignature(ProviderSettings provider, TimeProvider time)
    {
        (_provider, _time, _options) = (provider, time, provider.Authentication);
        _algorithm = Hashes.Named(_options.Algorithm);
        _secret = Encoding.UTF8.GetBytes(_options.Secret!);
        _signed = new((AuthenticationOptions.Or(_options.Signed, @"{timestamp}\n{method}\n{pathAndQuery}\n{body}")).Replace(@"\n", "\n", StringComparison.Ordinal));
        _prefix = new(AuthenticationOptions.Or(_options.SignaturePrefix, ""));
    }

    public override async ValueTask<LookupFailure?> Authenticate(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        var timestamp = Timestamp(_time.GetUtcNow());
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["timestamp"] = timestamp,
            ["method"] = request.Method.Method,
            ["path"] = address.AbsolutePath,
            ["pathAndQuery"] = address.PathAndQuery,
            ["query"] = address.Query.TrimStart('?'),
            ["host"] = EscherAuthentication.HostOf(address),
            ["key"] = _provider.ApiKey,
            ["body"] = Encoding.UTF8.GetString(body),
            ["bodyHash"] = Hashes.Hex(_algorithm, body),
        };
        var signature = Hashes.Keyed(_algorithm, _secret, Encoding.UTF8.GetBytes(_signed.Fill(parts, value => value)));
        var written = string.Equals(_options.SignatureEncoding, "Base64", StringComparison.OrdinalIgnoreCase) ? Convert.ToBase64String(signature) : Convert.ToHexStringLower(signature);
        if (_provider.ApiKey.Length > 0)
            request.Headers.TryAddWithoutValidation(_provider.ApiKeyHeader, _provider.ApiKeyPrefix + _provider.ApiKey);
        request.Headers.TryAddWithoutValidation(AuthenticationOptions.Or(_options.TimestampHeader, "X-Timestamp"), timestamp);
        request.Headers.TryAddWithoutValidation(AuthenticationOptions.Or(_options.SignatureHeader, "X-Signature"), _prefix.Fill(parts, value => value) + written);
        return null;
    }

    private string Timestamp(DateTimeOffset now) => _options.TimestampFormat?.ToUpperInvariant() switch
    {
        "UNIXMILLISECONDS" => now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        "ISO8601" => now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
    };
}
