using System.Net;
using CustomerResolution.AuthenticatingRequests;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.Tests.LookingUpCustomers;

namespace CustomerResolution.Tests.AuthenticatingRequests;

public sealed class When_requests_need_a_token
{
    private static readonly AuthenticationOptions Options = new()
    {
        Kind = AuthenticationKind.OAuth2ClientCredentials,
        TokenAddress = "https://login.example/{tenant}/token",
        ClientId = "till+1",
        ClientSecret = "s:ecret",
        Scope = "profiles.read",
    };

    [Fact]
    public async Task It_is_asked_for_with_id_and_secret_and_shown_with_every_request()
    {
        var provider = Asking(Options, Token("t-1", 3600), ScriptedProvider.Customer);

        await Find(provider, "1");
        await Find(provider, "2");

        Assert.Equal(
            ["POST https://login.example/acme/token", "GET http://loyalty.example/api/customers/1", "GET http://loyalty.example/api/customers/2"],
            provider.Requests.Select(request => request.Line));
        var (asked, shown) = (provider.Requests[0], provider.Requests.Skip(1));
        Assert.Equal("grant_type=client_credentials&scope=profiles.read", asked.Body);
        Assert.Equal("application/x-www-form-urlencoded", asked.Headers["Content-Type"]);
        Assert.Equal($"Basic {Convert.ToBase64String("till%2B1:s%3Aecret"u8)}", asked.Headers["Authorization"]);
        Assert.All(shown, request => Assert.Equal("Bearer t-1", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task It_can_be_asked_for_below_the_base_address_with_the_secret_in_the_form()
    {
        var options = new AuthenticationOptions { Kind = Options.Kind, TokenAddress = "/oauth2/token", ClientId = "till+1", ClientSecret = "s:ecret", ClientInForm = true };
        var provider = Asking(options, Token("t-1", 3600), ScriptedProvider.Customer);

        await Find(provider, "1");

        Assert.Equal("POST http://loyalty.example/api/oauth2/token", provider.Requests[0].Line);
        Assert.Equal("grant_type=client_credentials&client_id=till%2B1&client_secret=s%3Aecret", provider.Requests[0].Body);
        Assert.DoesNotContain("Authorization", provider.Requests[0].Headers.Keys);
    }

    [Fact]
    public async Task It_is_asked_for_once_by_look_ups_that_run_at_once()
    {
        var gate = new TaskCompletionSource();
        var provider = Asking(Options, async token =>
        {
            await gate.Task.WaitAsync(token);
            return await Token("t-1", 3600)(token);
        }, ScriptedProvider.Customer);

        var lookups = Enumerable.Range(0, 20).Select(card => provider.Client.Find(ScriptedProvider.Card($"{card}"), default)).ToList();
        await provider.UntilArrived(1);
        gate.SetResult();

        Assert.All(await Task.WhenAll(lookups), answer => Assert.Equal(LookupOutcome.Found, answer.Outcome));
        Assert.Single(provider.Requests, request => request.Line.StartsWith("POST", StringComparison.Ordinal));
        Assert.Equal(21, provider.Requests.Count);
    }

    [Theory]
    [InlineData("""{"access_token":"t","expires_in":3600}""", 3570)]
    [InlineData("""{"access_token":"t","expires_in":"3600"}""", 3570)]
    [InlineData("""{"access_token":"t","expires_in":20}""", 10)]
    [InlineData("""{"access_token":"t"}""", 600)]
    public async Task It_is_renewed_shortly_before_it_expires(string body, int seconds)
    {
        var provider = Asking(Options, ScriptedProvider.Body(body), ScriptedProvider.Customer, ScriptedProvider.Customer, ScriptedProvider.Body(body), ScriptedProvider.Customer);

        await Find(provider, "1");
        provider.Time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        await Find(provider, "2");
        Assert.Equal(3, provider.Requests.Count);
        provider.Time.Advance(TimeSpan.FromSeconds(0.1));
        await Find(provider, "3");

        Assert.Equal(5, provider.Requests.Count);
    }

    [Fact]
    public async Task It_is_forgotten_when_it_is_refused_and_the_request_sent_once_more_with_another()
    {
        var provider = Asking(Options, Token("old", 3600), ScriptedProvider.Status(401), Token("new", 3600), ScriptedProvider.Customer);

        var answer = await Find(provider, "1");

        Assert.Equal(LookupOutcome.Found, answer.Outcome);
        Assert.Equal(["Bearer old", "Bearer new"], new[] { 1, 3 }.Select(i => provider.Requests[i].Headers["Authorization"]));
        Assert.Null(provider.Condition.Problem());
    }

    [Fact]
    public async Task It_counts_as_a_refused_key_when_another_is_refused_as_well()
    {
        var provider = Asking(Options, Token("old", 3600), ScriptedProvider.Status(401), Token("new", 3600), ScriptedProvider.Status(401));

        var answer = await Find(provider, "1");

        Assert.Equal(new LookupFailure(LookupFailureKind.KeyRefused, 401), answer.Failure);
        Assert.Equal(4, provider.Requests.Count);
        Assert.True(provider.Condition.IsLeftAlone());
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client"}""", "KeyRefused")]
    [InlineData(401, "", "KeyRefused")]
    [InlineData(404, "", "UnexpectedStatus")]
    [InlineData(429, "", "TooManyRequests")]
    [InlineData(503, "", "ServerError")]
    [InlineData(200, "<html>", "Malformed")]
    [InlineData(200, """{"token":"t"}""", "Malformed")]
    [InlineData(200, """{"access_token":"a\nb"}""", "Malformed")]
    public async Task A_look_up_without_one_fails_as_the_token_did(int status, string body, string kind)
    {
        var provider = Asking(Options, ScriptedProvider.Body(status, body));

        var answer = await provider.PassTimeUntilAnswered(provider.Client.Find(ScriptedProvider.Card("1"), default), TimeSpan.FromMilliseconds(100));

        Assert.Equal(kind, answer.Failure?.Kind.ToString());
        Assert.All(provider.Requests, request => Assert.StartsWith("POST", request.Line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_look_up_that_waits_for_one_for_too_long_ends_in_time()
    {
        var provider = Asking(Options, ScriptedProvider.Silence);

        var answer = await provider.PassTimeUntilAnswered(provider.Client.Find(ScriptedProvider.Card("1"), default), TimeSpan.FromSeconds(0.5));

        Assert.Equal(LookupFailureKind.TimedOut, answer.Failure?.Kind);
    }

    // Nothing here waits for the clock; what did would wait for ever.
    private static Task<LookupAnswer> Find(ScriptedProvider provider, string card) => provider.Client.Find(ScriptedProvider.Card(card), default).WaitAsync(TimeSpan.FromSeconds(10));

    private static Func<CancellationToken, Task<HttpResponseMessage>> Token(string text, int seconds) =>
        ScriptedProvider.Body((int)HttpStatusCode.OK, $$"""{"access_token":"{{text}}","token_type":"Bearer","expires_in":{{seconds}}}""");

    private static ScriptedProvider Asking(AuthenticationOptions options, params Func<CancellationToken, Task<HttpResponseMessage>>[] script) =>
        ScriptedProvider.With(settings => settings with { ApiKey = "", Authentication = options, Values = new Dictionary<string, string> { ["tenant"] = "acme" } }, script);
}
