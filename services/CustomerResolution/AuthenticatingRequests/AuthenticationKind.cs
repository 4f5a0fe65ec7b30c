namespace CustomerResolution.AuthenticatingRequests;

/// <summary>How a request shows who sends it.</summary>
internal enum AuthenticationKind
{
    /// <summary>The key in a header.</summary>
    Header = 0,

    /// <summary>The key in a query parameter.</summary>
    Query = 1,

    /// <summary>HTTP Basic: client id and secret.</summary>
    Basic = 2,

    /// <summary>A token, got with client id and secret (OAuth 2.0 client credentials).</summary>
    OAuth2ClientCredentials = 3,

    /// <summary>A keyed hash of the request, by a template.</summary>
    Hmac = 4,

    /// <summary>The Escher protocol, a generalised AWS Signature 4.</summary>
    Escher = 5,
}
