using System.Security.Cryptography;
using System.Text;
using CustomerResolution.AuthenticatingRequests;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.Tests.LookingUpCustomers;
using MessageExamples;

namespace CustomerResolution.Tests.AuthenticatingRequests;

public sealed class When_requests_are_signed
{
    private static readonly LookupOptions Search = new() { Method = "POST", Path = "v1/search?page=1", Body = """{"card":"{card}"}""", EmailPath = "$.email" };

    [Fact]
    public async Task A_hash_covers_time_method_address_and_body_unless_told_otherwise()
    {
        var request = await RequestOf(new() { Kind = AuthenticationKind.Hmac, Secret = "top secret" });

        var time = $"{An.Noon.ToUnixTimeSeconds()}";
        var signed = Encoding.UTF8.GetBytes($"{time}\nPOST\n/api/v1/search?page=1\n{{\"card\":\"17\"}}");
        Assert.Equal((time, Convert.ToHexStringLower(HMACSHA256.HashData("top secret"u8, signed))), (request.Headers["X-Timestamp"], request.Headers["X-Signature"]));
        Assert.Equal("key", request.Headers["X-Api-Key"]);
    }

    [Theory]
    [InlineData(@"{key}\n{host}{path}?{query}", "key\nloyalty.example/api/v1/search?page=1")]
    [InlineData("{timestamp}.{bodyHash}", "")]
    public async Task A_hash_covers_what_the_template_says(string template, string covered)
    {
        var request = await RequestOf(new()
        {
            Kind = AuthenticationKind.Hmac,
            Secret = "top secret",
            Algorithm = "SHA512",
            Signed = template,
            SignatureHeader = "Authorization",
            SignaturePrefix = "HMAC {key}:",
            SignatureEncoding = "Base64",
            TimestampHeader = "X-Date",
            TimestampFormat = "Iso8601",
        });

        if (covered.Length == 0)
            covered = request.Headers["X-Date"] + "." + Convert.ToHexStringLower(SHA512.HashData("""{"card":"17"}"""u8));
        Assert.Equal(An.Noon.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), request.Headers["X-Date"]);
        Assert.Equal($"HMAC key:{Convert.ToBase64String(HMACSHA512.HashData("top secret"u8, Encoding.UTF8.GetBytes(covered)))}", request.Headers["Authorization"]);
    }

    [Fact]
    public async Task Escher_signs_host_and_date_as_another_implementation_does()
    {
        // Values of the test of github.com/emartech/escher-php for a request without a body.
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://example.com/something");
        var options = new AuthenticationOptions
        {
            Kind = AuthenticationKind.Escher,
            Secret = "very_secure",
            CredentialScope = "{region}/host/aws4_request",
            AlgorithmPrefix = "EMS",
            TimestampHeader = "X-Ems-Date",
            SignatureHeader = "X-Ems-Auth",
        };
        var moment = new ManualTime(new(2011, 5, 11, 12, 0, 0, TimeSpan.Zero));

        await RequestAuthentication.For(Settings(options) with { ApiKey = "th3K3y" }, new HttpClient(), moment).Authenticate(request, default);

        Assert.Equal(["20110511T120000Z"], request.Headers.GetValues("X-Ems-Date"));
        Assert.Equal(
            ["EMS-HMAC-SHA256 Credential=th3K3y/20110511/us-east-1/host/aws4_request, SignedHeaders=host;x-ems-date, Signature=e7c1c7b2616d27ecbe3cd81ed3464ea4f6e2a11ad6f7792b23d67f7867e9abb4"],
            request.Headers.GetValues("X-Ems-Auth"));
    }

    [Fact]
    public async Task Escher_signs_the_key_in_the_query_and_the_date_in_the_form_of_HTTP()
    {
        var options = new AuthenticationOptions
        {
            Kind = AuthenticationKind.Escher,
            Secret = "secret",
            CredentialScope = "{region}/api/antavo_request",
            AlgorithmPrefix = "ANTAVO",
            TimestampHeader = "Date",
            ApiKeyParameter = "api_key",
        };

        var request = await RequestOf(options);

        Assert.Equal("POST http://loyalty.example/api/v1/search?page=1&api_key=key", request.Line);
        var date = An.Noon.ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(date, request.Headers["Date"]);
        var canonical = $"POST\n/api/v1/search\napi_key=key&page=1\ndate:{date}\nhost:loyalty.example\n\ndate;host\n{Convert.ToHexStringLower(SHA256.HashData("""{"card":"17"}"""u8))}";
        var day = An.Noon.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var toSign = $"ANTAVO-HMAC-SHA256\n{day}T120000Z\n{day}/us-east-1/api/antavo_request\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { day, "us-east-1", "api", "antavo_request" }.Aggregate("ANTAVOsecret"u8.ToArray(), (derived, part) => HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes(part)));
        Assert.Equal(
            $"ANTAVO-HMAC-SHA256 Credential=key/{day}/us-east-1/api/antavo_request, SignedHeaders=date;host, Signature={Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)))}",
            request.Headers["Authorization"]);
    }

    private static ProviderSettings Settings(AuthenticationOptions options) => ProviderSettings.Loyalty(new()
    {
        BaseAddress = new("http://loyalty.example/api"),
        ApiKey = "key",
        Authentication = options,
        Values = new Dictionary<string, string> { ["REGION"] = "us-east-1" },
        Lookups = [Search],
    });

    private static async Task<SeenRequest> RequestOf(AuthenticationOptions options)
    {
        var provider = ScriptedProvider.With(_ => Settings(options), ScriptedProvider.Customer);
        Assert.Equal(LookupOutcome.Found, (await provider.Client.Find(ScriptedProvider.Card("17"), default)).Outcome);
        return Assert.Single(provider.Requests);
    }
}
