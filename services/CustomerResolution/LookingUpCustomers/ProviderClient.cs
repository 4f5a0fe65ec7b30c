using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CustomerResolution.AuthenticatingRequests;
using Polly;
using Polly.Timeout;
using ServiceDefaults.Observing;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>Asks one provider over HTTP. Whatever happens there is an answer; only a cancelled caller gets an exception.</summary>
internal sealed class ProviderClient
{
    private readonly ProviderSettings _provider;
    private readonly HttpClient _http;
    private readonly IReadOnlyDictionary<IdentifierKind, LookupSequence> _sequences;
    private readonly RequestAuthentication _authentication;
    private readonly ProviderProtection _protection;
    private readonly ResiliencePipeline _timeout;
    private readonly TimeProvider _time;
    private readonly CustomerResolutionMetrics _metrics;

    public ProviderClient(ProviderSettings provider, HttpClient http, ProviderCondition condition, TimeProvider time, CustomerResolutionMetrics metrics)
    {
        (_provider, _http, _time, _metrics) = (provider, http, time, metrics);
        _sequences = LookupSequence.Of(provider);
        _authentication = RequestAuthentication.For(provider, http, time);
        _protection = new(provider, condition, time);
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(provider.Timeout).Build();
    }

    /// <summary>Whether customers can be asked for by this kind of identifier here.</summary>
    public bool Knows(IdentifierKind kind) => _sequences.ContainsKey(kind);

    /// <summary>Looks up by an identifier of a kind that is known here.</summary>
    public async Task<LookupAnswer> Find(Identifier by, CancellationToken cancellationToken)
    {
        using var span = Telemetry.Source.StartActivity("look up customer", ActivityKind.Client);
        var (begun, askedAt) = (_time.GetTimestamp(), _time.GetUtcNow());
        var answer = await Find(_sequences[by.Kind], by, askedAt, cancellationToken) with { AskedAt = askedAt };
        _metrics.LookedUp(_provider.Name, answer, _time.GetElapsedTime(begun));
        span?.SetTag("provider", _provider.Name).SetTag("outcome", answer.Outcome.ToString());
        if (answer.Failure is { } failure)
            span?.SetStatus(ActivityStatusCode.Error, failure.Words);
        return answer;
    }

    private async Task<LookupAnswer> Find(LookupSequence sequence, Identifier by, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        if (!sequence.Accepts(by))
            return LookupAnswer.NotFound;
        var holder = sequence.Begin(by);
        foreach (var step in sequence.Steps)
        {
            // Nobody is called ".."; a provider whose id that is has answered with something else than an id.
            if (step.Request.AddressAt(_provider.Address, holder.Values) is not { } address)
                return step == sequence.Steps[0] ? LookupAnswer.NotFound : LookupAnswer.Failed(new(LookupFailureKind.Malformed));
            KnownHolder? known = null;
            var (before, reached) = (holder, LookupAnswer.WithoutEmail);
            // Each step has its attempts, and its place among the requests under way; what a step came to so far matters to nobody there.
            var answer = await _protection.Run(step != sequence.Steps[0], async token =>
            {
                var said = await Attempt(step, address, by, before, token);
                known = said.Holder;
                return said.Ended ?? reached;
            }, cancellationToken);
            if (known is null)
                return answer;
            holder = known;
        }
        return holder.ToAnswer(_provider.Origin, askedAt);
    }

    private async Task<StepAnswer> Attempt(LookupStep step, Uri address, Identifier by, KnownHolder before, CancellationToken cancellationToken)
    {
        try
        {
            return await _timeout.ExecuteAsync(async token => await Ask(step, address, by, before, token), cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            return StepAnswer.End(new LookupFailure(LookupFailureKind.TimedOut));
        }
        // A body that is larger than the client takes, or breaks off, ends up here as well.
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return StepAnswer.End(new LookupFailure(LookupFailureKind.NotReachable));
        }
        catch (JsonException)
        {
            return StepAnswer.End(new LookupFailure(LookupFailureKind.Malformed));
        }
    }

    private async Task<StepAnswer> Ask(LookupStep step, Uri address, Identifier by, KnownHolder before, CancellationToken cancellationToken)
    {
        for (var first = true; ; first = false)
        {
            using var request = step.Request.RequestAt(address, before.Values);
            if (await _authentication.Authenticate(request, cancellationToken) is { } failure)
                return StepAnswer.End(failure);
            using var response = await _http.SendAsync(request, cancellationToken);
            _protection.Heard(response.Headers);
            if (response.StatusCode == HttpStatusCode.Unauthorized && first && _authentication.MayDoBetterThan(request))
                continue;
            return await Read(step.Reader, response, by, before, cancellationToken);
        }
    }

    private async Task<StepAnswer> Read(AnswerReader reader, HttpResponseMessage response, Identifier by, KnownHolder before, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        using var document = reader.NeedsBody(status) || reader.LooksAtEveryBody ? await AnswerBody.Read(response, reader.NeedsBody(status), cancellationToken) : null;
        var answer = reader.Read(status, document?.RootElement, by, before) ?? StepAnswer.End(ProviderFailure.Of(response, _time));
        // A body that says "too much" may have a header beside it that says until when.
        return answer.Ended?.Failure is { Kind: LookupFailureKind.TooManyRequests } busy
            ? StepAnswer.End(busy with { RetryAfter = ProviderFailure.PauseOf(response, _time) })
            : answer;
    }
}
