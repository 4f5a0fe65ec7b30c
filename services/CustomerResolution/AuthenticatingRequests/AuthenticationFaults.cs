using System.ComponentModel.DataAnnotations;
using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>What is wrong with how requests are to show who sends them.</summary>
internal static class AuthenticationFaults
{
    private const string Section = nameof(LoyaltyOptions.Authentication);
    private static readonly Uri SomeBase = new("http://provider.example/");

    /// <summary>Every fault, with its key below section <c>Loyalty</c>.</summary>
    public static IEnumerable<ValidationResult> Of(LoyaltyOptions loyalty)
    {
        var options = loyalty.Authentication ?? new();
        if (!Enum.IsDefined(options.Kind))
            return [new("is not a kind of authentication", [$"{Section}:{nameof(options.Kind)}"])];
        return Needed(loyalty, options).Concat(Useless(options)).Concat(Malformed(loyalty, options));
    }

    private static IEnumerable<ValidationResult> Needed(LoyaltyOptions loyalty, AuthenticationOptions options)
    {
        if (options.Kind is AuthenticationKind.Header or AuthenticationKind.Query or AuthenticationKind.Escher && string.IsNullOrWhiteSpace(loyalty.ApiKey))
            yield return new("is missing: set the key that the loyalty provider knows this system by", [nameof(loyalty.ApiKey)]);
        foreach (var (key, value, _) in Settings(options).Where(setting => setting.Needed && setting.Kinds.Contains(options.Kind)))
        {
            if (string.IsNullOrWhiteSpace(value))
                yield return new($"is missing: {options.Kind} needs it", [$"{Section}:{key}"]);
        }
    }

    private static IEnumerable<ValidationResult> Useless(AuthenticationOptions options) =>
        Settings(options).Where(setting => !string.IsNullOrWhiteSpace(setting.Value) && !setting.Kinds.Contains(options.Kind))
            .Select(setting => new ValidationResult($"has no effect with {nameof(options.Kind)} {options.Kind}; take it away, or empty it", [$"{Section}:{setting.Key}"]));

    private static IEnumerable<ValidationResult> Malformed(LoyaltyOptions loyalty, AuthenticationOptions options)
    {
        foreach (var (key, value) in new[] { (nameof(options.TokenAddress), options.TokenAddress), (nameof(options.CredentialScope), options.CredentialScope) })
        {
            foreach (var name in new TextTemplate(value ?? "").Names.Where(name => !LookupFaults.IsSet(loyalty.Values, name)))
                yield return new($"uses {{{name}}}, which is not set as {LoyaltyOptions.Section}:{nameof(loyalty.Values)}:{name}", [$"{Section}:{key}"]);
        }
        if (!string.IsNullOrWhiteSpace(options.TokenAddress) && !(Uri.TryCreate(SomeBase, options.TokenAddress, out var address) && address.Scheme is "http" or "https"))
            yield return new("is not an http or https address", [$"{Section}:{nameof(options.TokenAddress)}"]);
        foreach (var (key, value, known) in Choices(options))
        {
            if (!string.IsNullOrWhiteSpace(value) && !known.Contains(value, StringComparer.OrdinalIgnoreCase))
                yield return new($"is none of {string.Join(", ", known)}", [$"{Section}:{key}"]);
        }
        foreach (var (key, value) in new[] { (nameof(options.SignatureHeader), options.SignatureHeader), (nameof(options.TimestampHeader), options.TimestampHeader) })
        {
            if (!string.IsNullOrWhiteSpace(value) && !LookupFaults.IsHeader(value))
                yield return new("is not the name of a header", [$"{Section}:{key}"]);
        }
        foreach (var (key, value) in new[] { (nameof(options.Signed), options.Signed), (nameof(options.SignaturePrefix), options.SignaturePrefix) })
        {
            foreach (var name in new TextTemplate(value ?? "").Names.Except(HmacSignature.Names, StringComparer.OrdinalIgnoreCase))
                yield return new($"uses {{{name}}}, which is none of {string.Join(", ", HmacSignature.Names)}", [$"{Section}:{key}"]);
        }
    }

    private static IEnumerable<(string Key, string? Value, string[] Known)> Choices(AuthenticationOptions options) =>
    [
        (nameof(options.Algorithm), options.Algorithm, ["SHA256", "SHA512"]),
        (nameof(options.SignatureEncoding), options.SignatureEncoding, ["Hex", "Base64"]),
        (nameof(options.TimestampFormat), options.TimestampFormat, ["UnixSeconds", "UnixMilliseconds", "Iso8601"]),
    ];

    private static IEnumerable<Setting> Settings(AuthenticationOptions options)
    {
        AuthenticationKind[] client = [AuthenticationKind.Basic, AuthenticationKind.OAuth2ClientCredentials], token = [AuthenticationKind.OAuth2ClientCredentials];
        AuthenticationKind[] signed = [AuthenticationKind.Hmac, AuthenticationKind.Escher], hmac = [AuthenticationKind.Hmac], escher = [AuthenticationKind.Escher];
        return
        [
            new(nameof(options.ApiKeyParameter), options.ApiKeyParameter, [AuthenticationKind.Query, AuthenticationKind.Escher]),
            new(nameof(options.ClientId), options.ClientId, client) { Needed = true },
            new(nameof(options.ClientSecret), options.ClientSecret, client) { Needed = true },
            new(nameof(options.TokenAddress), options.TokenAddress, token) { Needed = true },
            new(nameof(options.Scope), options.Scope, token),
            new(nameof(options.ClientInForm), options.ClientInForm ? "true" : null, token),
            new(nameof(options.Secret), options.Secret, signed) { Needed = true },
            new(nameof(options.Algorithm), options.Algorithm, signed),
            new(nameof(options.SignatureHeader), options.SignatureHeader, signed),
            new(nameof(options.TimestampHeader), options.TimestampHeader, signed),
            new(nameof(options.Signed), options.Signed, hmac),
            new(nameof(options.SignaturePrefix), options.SignaturePrefix, hmac),
            new(nameof(options.SignatureEncoding), options.SignatureEncoding, hmac),
            new(nameof(options.TimestampFormat), options.TimestampFormat, hmac),
            new(nameof(options.CredentialScope), options.CredentialScope, escher) { Needed = true },
            new(nameof(options.AlgorithmPrefix), options.AlgorithmPrefix, escher),
        ];
    }

    private sealed record Setting(string Key, string? Value, AuthenticationKind[] Kinds)
    {
        public bool Needed { get; init; }

        // The value may be a secret.
        public override string ToString() => Key;
    }
}
