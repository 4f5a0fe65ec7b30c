using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>The request for a token, as RFC 6749 section 4.4 describes it.</summary>
internal sealed class TokenRequest(ProviderSettings provider)
{
    private readonly AuthenticationOptions _options = provider.Authentication;
    private readonly Uri _address = new(provider.Address, new TextTemplate(provider.Authentication.TokenAddress!).Fill(provider.Values, Uri.EscapeDataString).TrimStart('/'));

    public HttpRequestMessage Create()
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (!string.IsNullOrWhiteSpace(_options.Scope))
            form.Add(new("scope", _options.Scope));
        if (_options.ClientInForm)
            form.AddRange([new("client_id", _options.ClientId!), new("client_secret", _options.ClientSecret!)]);
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.Add(new("application/json"));
        // Both parts are encoded as in a form before they are joined (RFC 6749, section 2.3.1).
        if (!_options.ClientInForm)
            request.Headers.TryAddWithoutValidation("Authorization", ClientPassword.Basic(Uri.EscapeDataString(_options.ClientId!), Uri.EscapeDataString(_options.ClientSecret!)));
        return request;
    }
}
