using System.Net;
using System.Net.Http.Headers;

namespace LoyaltyProviderStandIn.Tests;

public sealed class When_a_dialect_is_asked
{
    private static readonly Member Pat = new() { Card = "LOYALTY-1", CustomerId = "M-17", Email = "pat@shop.example", Name = "Pat Example", Phone = "+46701234567" };

    [Theory]
    [InlineData("antavo/customers?match=exact&membership_id=LOYALTY-1&api_key=stand-in-antavo-key", """{"error":{"type":"UnauthorizedException","code":0,"message":"Signature mismatch"}}""")]
    [InlineData("voucherify/v1/vouchers/LOYALTY-1", """{"code":401,"key":"unauthorized",""")]
    [InlineData("talon-one/v1/loyalty_programs/33/cards/LOYALTY-1/balances", """{"message":"Unauthorized - Invalid API key","errors":[{"title":"Unauthorized",""")]
    [InlineData("salesforce/services/data/v66.0/loyalty-programs/NTO%20Insider/members?membershipNumber=LOYALTY-1", """[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""")]
    [InlineData("open-loyalty/api/DEFAULT/member?loyaltyCardNumber=LOYALTY-1", """{"code":401,"message":"Invalid credentials."}""")]
    [InlineData("loyaltylion/v2/customers?email=pat@shop.example", """{"error":"unauthorized"}""")]
    [InlineData("square/v2/customers/M-17", """{"errors":[{"category":"AUTHENTICATION_ERROR","code":"UNAUTHORIZED",""")]
    public async Task It_refuses_who_does_not_prove_who_he_is_in_the_words_of_the_provider(string path, string words)
    {
        await using var standIn = await RunningStandIn.Start();
        await standIn.PutMembers(Pat);

        // The plain provider's key is worth nothing here.
        var (status, body, _) = await standIn.Get(path);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.StartsWith(words, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1/loyalty_programs/33/cards/LOYALTY-1/balances", 200, """profiles":[{"integrationId":"M-17",""")]
    [InlineData("v1/loyalty_programs/33/cards/LOYALTY-2/balances", 404, """StatusCode":404""")]
    [InlineData("v1/loyalty_programs/34/cards/LOYALTY-1/balances", 404, """StatusCode":404""")]
    [InlineData("v1/loyalty_programs/33/cards/1/balances", 400, """pointer":"/loyaltyCardId""")]
    [InlineData("v1/customer_profiles/M-17/inventory?profile=true", 200, """attributes":{"Email":"pat@shop.example","Name":"Pat Example",""")]
    [InlineData("v1/customer_profiles/M-17/inventory", 200, "{}")]
    [InlineData("v1/customer_profiles/M-18/inventory", 404, """StatusCode":404""")]
    public async Task It_answers_as_Talon_One(string path, int status, string part)
    {
        await using var standIn = await RunningStandIn.Start();
        await standIn.PutMembers(Pat);

        Assert.Contains(part, await Ask(standIn, $"talon-one/{path}", new("ApiKey-v1", "stand-in-talon-one-key"), status), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v2/customers/M-17", null, 200, """{"customer":{"id":"M-17","given_name":"Pat","family_name":"Example","email_address":"pat@shop.example",""")]
    [InlineData("v2/customers/M-18", null, 404, """{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"NOT_FOUND",""")]
    [InlineData("v2/loyalty/accounts/search", """{"query":{"mappings":[{"phone_number":"+46701234567"}]}}""", 200, """{"loyalty_accounts":[{""")]
    [InlineData("v2/loyalty/accounts/search", """{"query":{"mappings":[{"phone_number":"+46701234568"}]}}""", 200, "{}")]
    [InlineData("v2/loyalty/accounts/search", """{"query":{"mappings":[{"phone_number":"0701234567"}]}}""", 400, "INVALID_PHONE_NUMBER")]
    [InlineData("v2/loyalty/accounts/search", """{"query":{}}""", 400, "INVALID_REQUEST_ERROR")]
    public async Task It_answers_as_Square(string path, string? body, int status, string part)
    {
        await using var standIn = await RunningStandIn.Start();
        await standIn.PutMembers(Pat);

        Assert.Contains(part, await Ask(standIn, $"square/{path}", new("Bearer", "stand-in-square-token"), status, body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_wrong_alone_and_with_the_headers_of_the_provider()
    {
        await using var standIn = await RunningStandIn.Start(new() { KnowEveryCard = true });
        await standIn.PutFault(new() { On = "voucherify", Status = 429 });

        var (status, body, response) = await standIn.Get("voucherify/v1/vouchers/1");

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.StartsWith("""{"code":429,""", body, StringComparison.Ordinal);
        Assert.Equal("0", response.Headers.GetValues("X-Rate-Limit-Remaining").Single());
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        await standIn.GetJson("customers/1");
        Assert.Equal(["voucherify", "customers"], (await standIn.Requests()).Last.Select(request => request.Route));
    }

    private static async Task<string> Ask(RunningStandIn standIn, string path, AuthenticationHeaderValue authorization, int status, string? body = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(standIn.BaseAddress, path));
        request.Headers.Authorization = authorization;
        request.Headers.Add("Square-Version", "2025-10-16");
        if (body is not null)
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var response = await http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
