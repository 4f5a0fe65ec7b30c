using System.Net.Http.Headers;
using System.Text.Json;
using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>
/// OAuth 2.0 client credentials: one token for all requests until shortly before it expires, got once however many need it. A token that is
/// refused is forgotten.
/// </summary>
internal sealed class ClientCredentials(ProviderSettings provider, HttpClient http, TimeProvider time) : RequestAuthentication
{
    /// <summary>For how long a token is used whose answer does not say when it expires; it is renewed at once when it is refused earlier.</summary>
    internal static readonly TimeSpan LifeOfUndatedTokens = TimeSpan.FromMinutes(10);

    // A token that expires on its way to the provider is refused there.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    private readonly TokenRequest _request = new(provider);
    private readonly SingleFlight<string, (Token? Token, LookupFailure? Failure)> _flights = new(time);
    private volatile Token? _token;

    public override async ValueTask<LookupFailure?> Authenticate(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = _token;
        if (token is null || token.RenewAt <= time.GetUtcNow())
        {
            (token, var failure) = await _flights.Join("token", notBefore: null, Get, cancellationToken).Result;
            if (token is null)
                return failure;
        }
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        return null;
    }

    public override bool MayDoBetterThan(HttpRequestMessage refused)
    {
        var token = _token;
        if (token is not null && token.Text == refused.Headers.Authorization?.Parameter)
            Interlocked.CompareExchange(ref _token, null, token);
        return true;
    }

    private async Task<(Token?, LookupFailure?)> Get(CancellationToken cancellationToken)
    {
        // Looked at again: an earlier flight may have landed between a look-up's look at the token and the start of this one.
        if (_token is { } token && token.RenewAt > time.GetUtcNow())
            return (token, null);
        using var request = _request.Create();
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var failure = ProviderFailure.Of(response, time);
            // By OAuth's rules 400 is the answer to a client, secret or scope that is not accepted.
            return (null, failure.Status == 400 ? failure with { Kind = LookupFailureKind.KeyRefused } : failure);
        }
        using var document = await AnswerBody.Read(response, needed: true, cancellationToken);
        var answer = document!.RootElement;
        if (Text(answer, "access_token") is not { } text || text.Any(c => c is <= ' ' or > '~'))
            return (null, new(LookupFailureKind.Malformed));
        _token = new(text, time.GetUtcNow() + Life(answer));
        return (_token, null);
    }

    private static TimeSpan Life(JsonElement answer)
    {
        // Some write the number as text.
        if (!double.TryParse(Text(answer, "expires_in"), System.Globalization.CultureInfo.InvariantCulture, out var seconds) || seconds is not (> 0 and < 1e9))
            return LifeOfUndatedTokens;
        var life = TimeSpan.FromSeconds(seconds);
        return life - (life / 2 < Early ? life / 2 : Early);
    }

    private static string? Text(JsonElement answer, string member) => TextPath.Parse($"$.{member}").ReadText(answer);

    private sealed record Token(string Text, DateTimeOffset RenewAt)
    {
        public override string ToString() => nameof(Token);
    }
}
