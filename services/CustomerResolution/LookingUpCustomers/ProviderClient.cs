using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.Timeout;
using ServiceDefaults.Observing;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>Asks one provider over HTTP. Whatever happens there is an answer; only a cancelled caller gets an exception.</summary>
internal sealed class ProviderClient
{
    private readonly ProviderSettings _provider;
    private readonly HttpClient _http;
    private readonly CardLookup _lookup;
    private readonly ProviderProtection _protection;
    private readonly ResiliencePipeline _timeout;
    private readonly TimeProvider _time;
    private readonly CustomerResolutionMetrics _metrics;

    public ProviderClient(ProviderSettings provider, HttpClient http, ProviderCondition condition, TimeProvider time, CustomerResolutionMetrics metrics)
    {
        (_provider, _http, _time, _metrics) = (provider, http, time, metrics);
        _lookup = new(provider.Lookup, provider.Origin);
        _protection = new(provider, condition, time);
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(provider.Timeout).Build();
    }

    /// <summary>Whether customers can be asked for by this kind of identifier here.</summary>
    public bool Knows(IdentifierKind kind) => kind == IdentifierKind.LoyaltyCard && _provider.Lookup.Path is not null;

    /// <summary>Looks up by an identifier of a kind that is known here.</summary>
    public async Task<LookupAnswer> Find(Identifier by, CancellationToken cancellationToken)
    {
        var askedAt = _time.GetUtcNow();
        using var span = Telemetry.Source.StartActivity("look up customer", ActivityKind.Client);
        var begun = _time.GetTimestamp();
        var address = _lookup.AddressFor(_provider.Address, by.Value);
        var answer = await _protection.Run(token => Attempt(address, askedAt, token), cancellationToken) with { AskedAt = askedAt };
        _metrics.LookedUp(_provider.Name, answer, _time.GetElapsedTime(begun));
        span?.SetTag("provider", _provider.Name).SetTag("outcome", answer.Outcome.ToString());
        if (answer.Failure is { } failure)
            span?.SetStatus(ActivityStatusCode.Error, failure.Words);
        return answer;
    }

    private async Task<LookupAnswer> Attempt(Uri address, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        try
        {
            return await _timeout.ExecuteAsync(async token => await Ask(address, askedAt, token), cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            return LookupAnswer.Failed(new(LookupFailureKind.TimedOut));
        }
        // A body that is larger than the client takes, or breaks off, ends up here as well.
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return LookupAnswer.Failed(new(LookupFailureKind.NotReachable));
        }
        catch (JsonException)
        {
            return LookupAnswer.Failed(new(LookupFailureKind.Malformed));
        }
    }

    private async Task<LookupAnswer> Ask(Uri address, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation(_provider.ApiKeyHeader, _provider.ApiKey);
        request.Headers.Accept.Add(new("application/json"));
        using var response = await _http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            return response.StatusCode == HttpStatusCode.NotFound ? LookupAnswer.NotFound : LookupAnswer.Failed(FailureOf(response));

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return _lookup.Read(document.RootElement, askedAt);
    }

    private LookupFailure FailureOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return new(status switch
        {
            401 or 403 => LookupFailureKind.KeyRefused,
            408 => LookupFailureKind.TimedOut,
            429 => LookupFailureKind.TooManyRequests,
            >= 500 => LookupFailureKind.ServerError,
            _ => LookupFailureKind.UnexpectedStatus,
        }, status, Pause(response.Headers.RetryAfter));
    }

    private TimeSpan? Pause(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
}
