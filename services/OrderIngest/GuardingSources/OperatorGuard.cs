using Microsoft.Extensions.Options;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.GuardingSources;

/// <summary>
/// Lets an operator's key in where files of all sources are looked after; every other request is <see cref="SourceGuard"/>'s, which comes next. An operator's key
/// is no source's: it cannot send orders.
/// </summary>
internal sealed class OperatorGuard(IOptions<OrderIngestOptions> options) : IEndpointFilter
{
    private static readonly object Item = new();

    /// <summary>Whether the request came with an operator's key.</summary>
    public static bool IsOperator(HttpContext http) => http.Items.ContainsKey(Item);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var key = context.HttpContext.Request.Headers[ApiKeys.Header].ToString();
        var known = false;
        // Every hash is looked at, so that the time taken says nothing about which one was nearly right.
        foreach (var hash in options.Value.OperatorKeyHashes)
            known |= ApiKeys.Matches(key, hash);
        if (known)
            context.HttpContext.Items[Item] = true;
        return next(context);
    }
}
