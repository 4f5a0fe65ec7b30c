using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>Makes a request show who sends it.</summary>
internal abstract class RequestAuthentication
{
    /// <summary>The way the configuration asks for.</summary>
    public static RequestAuthentication For(ProviderSettings provider, HttpClient http, TimeProvider time) => provider.Authentication.Kind switch
    {
        AuthenticationKind.Header => new HeaderKey(provider.ApiKeyHeader, provider.ApiKeyPrefix + provider.ApiKey),
        AuthenticationKind.Query => new QueryKey(AuthenticationOptions.Or(provider.Authentication.ApiKeyParameter, "api_key"), provider.ApiKey),
        AuthenticationKind.Basic => new HeaderKey("Authorization", ClientPassword.Basic(provider.Authentication.ClientId!, provider.Authentication.ClientSecret!)),
        AuthenticationKind.OAuth2ClientCredentials => new ClientCredentials(provider, http, time),
        AuthenticationKind.Hmac => new HmacSignature(provider, time),
        AuthenticationKind.Escher => new EscherAuthentication(provider, time),
        _ => throw new InvalidOperationException($"there is no authentication {provider.Authentication.Kind}"),
    };

    /// <summary>Adds what is needed to the request, after everything else; a failure where that cannot be had.</summary>
    public abstract ValueTask<LookupFailure?> Authenticate(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Told that a request was refused with 401; true when one sent now would not show the same.</summary>
    public virtual bool MayDoBetterThan(HttpRequestMessage refused) => false;

    /// <summary>Never shows a key.</summary>
    public sealed override string ToString() => GetType().Name;
}
