using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using ServiceDefaults.GuardingAccess;

namespace ServiceDefaults.Tests.GuardingAccess;

public sealed class When_a_route_is_guarded
{
    private static readonly Dictionary<string, string?> TwoKeys = new()
    {
        ["Access:ApiKeyHashes:0"] = ApiKeys.Hash("the old key"),
        ["Access:ApiKeyHashes:1"] = ApiKeys.Hash("the new key").ToUpperInvariant(),
    };

    [Theory]
    [InlineData("the old key", HttpStatusCode.OK)]
    [InlineData("the new key", HttpStatusCode.OK)]
    [InlineData("the wrong key", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Each_of_several_keys_opens_it_so_that_keys_can_be_exchanged(string? key, HttpStatusCode expected)
    {
        using var answer = await Ask(TwoKeys, "Production", key);

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.Unauthorized)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains(ApiKeys.Header, await answer.Content.ReadAsStringAsync(A.Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_hash_itself_is_no_key()
    {
        using var answer = await Ask(TwoKeys, "Production", ApiKeys.Hash("the old key"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task In_development_without_keys_it_is_open()
    {
        using var answer = await Ask([], "Development", null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task In_production_it_is_open_only_by_consent()
    {
        using var answer = await Ask(new() { ["Access:AllowAnonymous"] = "true" }, "Production", null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory, InlineData("Production"), InlineData("Staging")]
    public async Task Without_keys_and_consent_the_service_does_not_start(string environment)
    {
        var refusal = await A.RefusalOf(() => A.Host([], environment));

        Assert.Contains("Access:ApiKeyHashes", refusal, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> Ask(Dictionary<string, string?> settings, string environment, string? key)
    {
        await using var app = A.Host(settings, environment).Build();
        app.MapGroup("").RequireApiKey().MapGet("/guarded", () => "inside");
        await app.StartAsync(A.Token);
        using var client = A.ClientOf(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/guarded");
        if (key is not null)
            request.Headers.Add(ApiKeys.Header, key);
        var answer = await client.SendAsync(request, A.Token);
        await answer.Content.LoadIntoBufferAsync(A.Token);
        await app.StopAsync(A.Token);
        return answer;
    }
}
