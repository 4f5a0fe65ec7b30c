using ServiceDefaults.GuardingAccess;

namespace OrderIngest.GuardingSources;

/// <summary>
/// Tells by the key which source is asking. Where keys are not required (Development) a request may come without one; then the source is
/// named by the query or by the body. The guard leaves the known source, if any, in the request's items.
/// </summary>
internal sealed class SourceGuard(ConfiguredSources sources) : IEndpointFilter
{
    private static readonly object Item = new();

    /// <summary>The source this request speaks for, or null when it did not say so outside its body.</summary>
    public static Source? Of(HttpContext http) => http.Items[Item] as Source;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (OperatorGuard.IsOperator(http))
            return await next(context);
        var key = http.Request.Headers[ApiKeys.Header].ToString();
        var byKey = key.Length > 0 ? sources.ByKey(key) : null;
        if (byKey is null && (sources.KeyRequired || key.Length > 0))
            return Refused(StatusCodes.Status401Unauthorized, "No valid API key", $"Send the source's key in the header {ApiKeys.Header}.");

        var named = http.Request.Query["source"].ToString();
        if (named.Length > 0)
        {
            var byName = sources.Find(named);
            if (byKey is not null && byName != byKey)
                return OtherSource(byKey);
            if (byName is null)
                return Refused(StatusCodes.Status400BadRequest, "Unknown source", NotConfigured(named));
            byKey = byName;
        }
        http.Items[Item] = byKey;
        return await next(context);
    }

    public static IResult OtherSource(Source byKey) =>
        Refused(StatusCodes.Status403Forbidden, "Another source's order", $"The API key is that of {byKey.Name}; the request names another source.");

    /// <summary>What to do about a source nobody configured.</summary>
    public static string NotConfigured(string name) =>
        $"The source {(name.Length > 60 ? name[..60] : name)} is not configured: add a section {OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Sources)}:<name>.";

    private static IResult Refused(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);
}
