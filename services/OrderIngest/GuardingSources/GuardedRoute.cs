using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.AnsweringProblems;

namespace OrderIngest.GuardingSources;

/// <summary>Marks an endpoint whose requests go through <see cref="SourceGuard"/>.</summary>
internal sealed record GuardedRoute;

/// <summary>A filter that is asked before any part of the request is read, outer groups' first.</summary>
/// <param name="Type">An <see cref="IEndpointFilter"/> that is registered as a service.</param>
internal sealed record FirstFilter(Type Type);

/// <summary>
/// Puts routes behind the guard. An ordinary endpoint filter runs after the handler's parameters were bound: then anybody could have a body parsed, and what was signed would
/// have been read before its signature was looked at.
/// </summary>
internal static class GuardedRoutes
{
    /// <summary>A group whose requests need a source's key, with the answers that each of its routes may give for that.</summary>
    public static RouteGroupBuilder MapGuardedGroup(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithMetadata(new GuardedRoute()).First<SourceGuard>().AddEndpointFilter(WithCode)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429).ProducesProblem(503);
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            var serve = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => Ask(http, serve);
        });
        return group;
    }

    /// <summary>Has a filter asked first; it takes effect in guarded groups within.</summary>
    public static RouteGroupBuilder First<TFilter>(this RouteGroupBuilder group)
        where TFilter : IEndpointFilter => group.WithMetadata(new FirstFilter(typeof(TFilter)));

    private static async Task Ask(HttpContext http, RequestDelegate serve)
    {
        EndpointFilterDelegate next = async _ =>
        {
            await serve(http);
            return null;
        };
        foreach (var first in http.GetEndpoint()!.Metadata.GetOrderedMetadata<FirstFilter>().Reverse())
        {
            var (filter, rest) = ((IEndpointFilter)http.RequestServices.GetRequiredService(first.Type), next);
            next = context => filter.InvokeAsync(context, rest);
        }
        if (await next(new DefaultEndpointFilterInvocationContext(http)) is IResult refused)
            await refused.ExecuteAsync(http);
    }

    /// <summary>Gives problems of the routes a code where they have none of their own.</summary>
    private static async ValueTask<object?> WithCode(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (answer is ProblemHttpResult { ProblemDetails: { Status: { } status } problem })
            problem.Extensions.TryAdd(ProblemCodes.Member, ProblemCodes.Of(status));
        return answer;
    }
}
