using System.Globalization;
using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>Signs requests by the Escher protocol: host and date are signed, and the body with them.</summary>
internal sealed class EscherAuthentication : RequestAuthentication
{
    private readonly ProviderSettings _provider;
    private readonly TimeProvider _time;
    private readonly EscherSignature _signature;
    private readonly string _dateHeader;

    public EscherAuthentication(ProviderSettings provider, TimeProvider time)
    {
        (_provider, _time) = (provider, time);
        var options = provider.Authentication;
        _signature = new(Hashes.Named(options.Algorithm), AuthenticationOptions.Or(options.AlgorithmPrefix, "ESR"), new TextTemplate(options.CredentialScope!).Fill(provider.Values, value => value));
        _dateHeader = AuthenticationOptions.Or(options.TimestampHeader, "X-Escher-Date");
    }

    public override async ValueTask<LookupFailure?> Authenticate(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var options = _provider.Authentication;
        if (!string.IsNullOrWhiteSpace(options.ApiKeyParameter))
            QueryKey.AddTo(request, options.ApiKeyParameter, _provider.ApiKey);
        var now = _time.GetUtcNow();
        // The header Date has its own form in HTTP; any other has the protocol's.
        var date = string.Equals(_dateHeader, "Date", StringComparison.OrdinalIgnoreCase) ? now.ToString("r", CultureInfo.InvariantCulture) : EscherSignature.Moment(now);
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        var canonical = new CanonicalRequest(request.Method.Method, request.RequestUri!, [("host", HostOf(request.RequestUri!)), (_dateHeader, date)], body);
        request.Headers.TryAddWithoutValidation(_dateHeader, date);
        request.Headers.TryAddWithoutValidation(AuthenticationOptions.Or(options.SignatureHeader, "Authorization"), _signature.Header(_provider.ApiKey, options.Secret!, now, canonical));
        return null;
    }

    /// <summary>The header Host as it is sent.</summary>
    internal static string HostOf(Uri address) => address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";
}
