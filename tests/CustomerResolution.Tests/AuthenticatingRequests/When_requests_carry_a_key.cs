using CustomerResolution.AuthenticatingRequests;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.Tests.LookingUpCustomers;

namespace CustomerResolution.Tests.AuthenticatingRequests;

public sealed class When_requests_carry_a_key
{
    [Fact]
    public async Task It_stands_in_the_header_behind_its_prefix()
    {
        var request = await RequestOf(settings => settings with { ApiKeyHeader = "Authorization", ApiKeyPrefix = "ApiKey-v1 " });

        Assert.Equal("ApiKey-v1 key", request.Headers["Authorization"]);
        Assert.Equal("GET http://loyalty.example/api/customers/17", request.Line);
    }

    [Theory]
    [InlineData("customers?card={card}", "app key", "GET http://loyalty.example/api/customers?card=17&app%20key=key%26x%3D1")]
    [InlineData("customers/{card}", null, "GET http://loyalty.example/api/customers/17?api_key=key%26x%3D1")]
    [InlineData("customers/{card}", "", "GET http://loyalty.example/api/customers/17?api_key=key%26x%3D1")]
    public async Task It_stands_in_the_query_behind_the_other_parameters(string path, string? parameter, string line)
    {
        var request = await RequestOf(settings => settings with
        {
            ApiKey = "key&x=1",
            Authentication = new() { Kind = AuthenticationKind.Query, ApiKeyParameter = parameter },
            Lookups = [new() { Path = path, EmailPath = "$.email" }],
        });

        Assert.Equal(line, request.Line);
        Assert.DoesNotContain("X-Api-Key", request.Headers.Keys);
    }

    [Fact]
    public async Task It_is_id_and_secret_for_HTTP_Basic()
    {
        var request = await RequestOf(settings => settings with { ApiKey = "", Authentication = new() { Kind = AuthenticationKind.Basic, ClientId = "Aladdin", ClientSecret = "open sesame" } });

        // The example of RFC 7617.
        Assert.Equal("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", request.Headers["Authorization"]);
    }

    [Fact]
    public async Task It_counts_more_than_a_header_of_the_same_name()
    {
        var request = await RequestOf(settings => settings with { Headers = new Dictionary<string, string> { ["x-api-key"] = "other", ["X-App-Id"] = "{appId}" }, Values = new Dictionary<string, string> { ["AppId"] = "a-1" } });

        Assert.Equal(("key", "a-1"), (request.Headers["X-Api-Key"], request.Headers["X-App-Id"]));
    }

    [Fact]
    public void It_is_shown_by_nothing_that_holds_it()
    {
        var options = new AuthenticationOptions { Kind = AuthenticationKind.Basic, ClientId = "client", ClientSecret = "secret" };
        var settings = ProviderSettings.Loyalty(new() { BaseAddress = new("http://loyalty.example"), ApiKey = "key", Authentication = options });

        Assert.Equal(
            ("AuthenticationOptions { Basic }", "loyalty-provider", "HeaderKey"),
            ($"{options}", $"{settings}", $"{RequestAuthentication.For(settings, new HttpClient(), TimeProvider.System)}"));
    }

    private static async Task<SeenRequest> RequestOf(Func<ProviderSettings, ProviderSettings> change)
    {
        var provider = ScriptedProvider.With(change, ScriptedProvider.Customer);
        Assert.Equal(LookupOutcome.Found, (await provider.Client.Find(ScriptedProvider.Card("17"), default)).Outcome);
        return Assert.Single(provider.Requests);
    }
}
