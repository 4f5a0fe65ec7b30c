namespace CustomerResolution.AuthenticatingRequests;

/// <summary>Section <c>Loyalty:Authentication</c>. Which keys are needed depends on <see cref="Kind"/>; an empty one is none.</summary>
internal sealed class AuthenticationOptions
{
    /// <summary>How requests show who sends them. Default <c>Header</c>: <c>Loyalty:ApiKey</c> in <c>Loyalty:ApiKeyHeader</c>.</summary>
    public AuthenticationKind Kind { get; init; }

    /// <summary><c>Query</c>: the parameter the key is sent in, default <c>api_key</c>. <c>Escher</c>: the parameter it is sent in as well, default none.</summary>
    public string? ApiKeyParameter { get; init; }

    /// <summary><c>OAuth2ClientCredentials</c> and <c>Basic</c>: who asks.</summary>
    public string? ClientId { get; init; }

    /// <summary><c>OAuth2ClientCredentials</c> and <c>Basic</c>: the secret that goes with <see cref="ClientId"/>.</summary>
    public string? ClientSecret { get; init; }

    /// <summary><c>OAuth2ClientCredentials</c>: where tokens are got: a whole address, http or https, or one below <c>BaseAddress</c>; a template with names of <c>Loyalty:Values</c>.</summary>
    public string? TokenAddress { get; init; }

    /// <summary><c>OAuth2ClientCredentials</c>: what the token is to allow; none by default.</summary>
    public string? Scope { get; init; }

    /// <summary><c>OAuth2ClientCredentials</c>: true sends id and secret in the form, false (default) by HTTP Basic.</summary>
    public bool ClientInForm { get; init; }

    /// <summary><c>Hmac</c> and <c>Escher</c>: what the hash is keyed with.</summary>
    public string? Secret { get; init; }

    /// <summary><c>Hmac</c> and <c>Escher</c>: <c>SHA256</c> (default) or <c>SHA512</c>.</summary>
    public string? Algorithm { get; init; }

    /// <summary>
    /// <c>Hmac</c>: what is signed, of <c>{timestamp}</c>, <c>{method}</c>, <c>{path}</c> (as sent, without query), <c>{pathAndQuery}</c>,
    /// <c>{query}</c> (without ?), <c>{host}</c>, <c>{key}</c>, <c>{body}</c> and <c>{bodyHash}</c> (lower-case hexadecimal);
    /// backslash n is a line feed. Default: timestamp, method, pathAndQuery and body, a line each.
    /// </summary>
    public string? Signed { get; init; }

    /// <summary><c>Hmac</c>: the header of the signature, default <c>X-Signature</c>. <c>Escher</c>: default <c>Authorization</c>.</summary>
    public string? SignatureHeader { get; init; }

    /// <summary><c>Hmac</c>: what stands before the signature, nothing by default; <c>{key}</c> and <c>{timestamp}</c> are put in.</summary>
    public string? SignaturePrefix { get; init; }

    /// <summary><c>Hmac</c>: <c>Hex</c> (default, lower case) or <c>Base64</c>.</summary>
    public string? SignatureEncoding { get; init; }

    /// <summary><c>Hmac</c>: the header of the time, default <c>X-Timestamp</c>. <c>Escher</c>: default <c>X-Escher-Date</c>; one called <c>Date</c> has the form of HTTP.</summary>
    public string? TimestampHeader { get; init; }

    /// <summary><c>Hmac</c>: <c>UnixSeconds</c> (default), <c>UnixMilliseconds</c> or <c>Iso8601</c> (UTC, to the second).</summary>
    public string? TimestampFormat { get; init; }

    /// <summary><c>Escher</c>: region, service and kind of request, such as <c>st2/api/antavo_request</c>; a template with names of <c>Loyalty:Values</c>.</summary>
    public string? CredentialScope { get; init; }

    /// <summary><c>Escher</c>: what the algorithm's name begins with, default <c>ESR</c>.</summary>
    public string? AlgorithmPrefix { get; init; }

    /// <summary>A setting, or what holds where it is empty.</summary>
    internal static string Or(string? setting, string otherwise) => string.IsNullOrWhiteSpace(setting) ? otherwise : setting;

    /// <summary>The kind only: the rest holds secrets.</summary>
    public override string ToString() => $"AuthenticationOptions {{ {Kind} }}";
}
