using System.Net;
using OrderJourney.Tests.Journey;
using ServiceDefaults.GuardingAccess;

namespace OrderJourney.Tests.ErasingPeople;

/// <summary>Who may not ask, and what cannot be asked.</summary>
public sealed class When_an_erasure_is_refused : IAsyncLifetime
{
    private JourneyHost _host = null!;
    private HttpClient _http = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await JourneyHost.Start(("Access:ApiKeyHashes:0", ApiKeys.Hash("a reader")), ("Access:ErasureKeyHashes:0", ApiKeys.Hash("an eraser")));
        _http = _host.Http;
        _http.DefaultRequestHeaders.Add(ApiKeys.Header, "an eraser");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("nobody", HttpStatusCode.Unauthorized)]
    [InlineData("a reader", HttpStatusCode.Forbidden)]
    public async Task Only_the_key_that_may_erase_opens_it_before_the_body_is_looked_at(string? key, HttpStatusCode status)
    {
        using var stranger = _host.Http;
        if (key is not null)
            stranger.DefaultRequestHeaders.Add(ApiKeys.Header, key);
        using var answer = await stranger.PostAsync(new Uri("/erasures", UriKind.Relative), new StringContent("{ no JSON"), None);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status, (await stranger.GetAsync(new Uri("/erasures", UriKind.Relative), None)).StatusCode);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{ "email": "pat" }""")]
    [InlineData("""{ "email": "pat@shop.example", "card": "" }""")]
    [InlineData("""{ "email": "pat@shop.example", "reason": "asked by pat@shop.example" }""")]
    [InlineData("""{ "email": "pat@shop.example", "reason": "card 2900000000017" }""")]
    [InlineData("""{ "email": 5 }""")]
    public async Task What_cannot_be_understood_is_refused_without_repeating_it(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("/erasures", UriKind.Relative), content, None);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("pat@", await answer.Content.ReadAsStringAsync(None), StringComparison.Ordinal);
    }
}
