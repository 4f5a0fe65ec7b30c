using Microsoft.Extensions.Options;
using ServiceDefaults.AnsweringProblems;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.GuardingSources;

/// <summary>
/// Tells by the key which source is asking. Where keys are not required (Development) a request may come without one; then the source is
/// named by the query or by the body. The guard leaves the known source and key, if any, in the request's items.
/// </summary>
internal sealed class SourceGuard(
    ConfiguredSources sources, RequestLimits limits, RefusedKeys refused, OrderIngestMetrics metrics, IOptions<OrderIngestOptions> options, TimeProvider time) : IEndpointFilter
{
    private static readonly object SourceItem = new(), KeyItem = new();

    /// <summary>The source this request speaks for, or null when it did not say so outside its body.</summary>
    public static Source? Of(HttpContext http) => http.Items[SourceItem] as Source;

    /// <summary>The key it came with, or null where none is required.</summary>
    public static SourceKey? KeyOf(HttpContext http) => http.Items[KeyItem] as SourceKey;

    /// <summary>403, where only the body says that it is another source's.</summary>
    public static IResult OtherSource(Source byKey) => Refusals.OtherSource(byKey);

    /// <summary>What to do about a source nobody configured.</summary>
    public static string NotConfigured(string name) =>
        $"The source {(name.Length > 60 ? name[..60] : name)} is not configured: add a section {OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Sources)}:<name>.";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // The answers are about somebody's orders: no cache keeps them, no browser takes them for a page.
        (http.Response.Headers.CacheControl, http.Response.Headers.XContentTypeOptions) = ("no-store", "nosniff");
        return OperatorGuard.IsOperator(http) ? await next(context) : await Answer(http, () => next(context));
    }

    private async ValueTask<object?> Answer(HttpContext http, Func<ValueTask<object?>> next)
    {
        var sent = http.Request.Headers[ApiKeys.Header].ToString();
        var key = sent.Length > 0 ? sources.ByKey(sent) : null;
        if (Unknown(http, key, sent.Length > 0) is { } unknown)
            return unknown;

        var source = key?.Source;
        var named = http.Request.Query["source"].ToString();
        if (named.Length > 0)
        {
            var byName = sources.Find(named);
            if (key is not null && byName != source)
                return Refuse(key, Refusals.AnotherSource, Refusals.OtherSource(key.Source));
            if (byName is null)
                return Refusals.NotConfigured(named);
            source = byName;
        }
        (http.Items[SourceItem], http.Items[KeyItem]) = (source, key);
        return key is null ? await next() : await WithKey(http, key, next);
    }

    /// <summary>The answer to a request without a key that is valid now, or null when it may go on.</summary>
    private IResult? Unknown(HttpContext http, SourceKey? key, bool sent)
    {
        if (key is null && !sent && !sources.KeyRequired)
            return null;
        var valid = key?.IsValid(time.GetUtcNow()) == true;
        if (valid && limits.Trusts(http, key!))
            return null;
        using var lease = limits.Refused(http, valid ? 0 : 1);
        if (valid || !lease.IsAcquired)
            return Refuse(null, ProblemCodes.TooManyRequests, Refusals.TooMany(http, lease));
        return Refuse(key, key is null ? ProblemCodes.NoValidKey : RefusedKeys.OutOfItsTime, Refusals.NoValidKey(http));
    }

    private async ValueTask<object?> WithKey(HttpContext http, SourceKey key, Func<ValueTask<object?>> next)
    {
        using var request = limits.Request(key);
        if (!request.IsAcquired)
            return Refuse(key, ProblemCodes.TooManyRequests, Refusals.TooMany(http, request));
        metrics.LetIn(key.Source.Name, key.Name);
        var route = RouteTraits.Of(http);
        if (key.IsScoped && !route.JudgesStores)
            return Refuse(key, Refusals.KeyOfSomeStores, Refusals.OnlySomeStores());
        using var batch = route.TakesBatches ? limits.Batch(key) : null;
        if (batch is { IsAcquired: false })
            return Refuse(key, Refusals.TooManyBatches, Refusals.TooMany(http, batch, Refusals.TooManyBatches));
        if (key.Source.Secrets.Count > 0 && await Unsigned(http, key, route) is { } unsigned)
            return unsigned;
        return await next();
    }

    /// <summary>The answer to a request whose signature is missing or wrong, or null when it is right. The body has been read then and can be read again.</summary>
    private async ValueTask<IResult?> Unsigned(HttpContext http, SourceKey key, RouteTraits route)
    {
        if (RequestSignature.Of(http.Request) is not { } signature)
            return Refuse(key, Refusals.SignatureMissing, Refusals.NotSigned(http));
        var (now, window) = (time.GetUtcNow(), key.Source.SignatureWindow);
        if ((now - signature.At).Duration() > window)
            return Refuse(key, Refusals.OutsideWindow, Refusals.NotNow(http, now, window));
        var longest = route.TakesBatches ? options.Value.MaxSignedBatchBytes : options.Value.MaxOrderBytes;
        var hashes = signature.Begin(http.Request, key.Source.Secrets);
        try
        {
            if (!await SignedBody.Read(http, longest, hashes, http.RequestAborted))
                return Refuse(key, ProblemCodes.TooLarge, Refusals.TooLarge(longest));
            return signature.IsRight(hashes) ? null : Refuse(key, Refusals.SignatureWrong, Refusals.WrongSignature(http));
        }
        finally
        {
            foreach (var hash in hashes)
                hash.Dispose();
        }
    }

    private IResult Refuse(SourceKey? key, string code, IResult answer)
    {
        refused.Note(key, code);
        return answer;
    }
}
