namespace OrderIngest.GuardingSources;

/// <summary>Marks an endpoint whose requests go through <see cref="SourceGuard"/>.</summary>
internal sealed record GuardedRoute;

/// <summary>Puts routes behind the guard.</summary>
internal static class GuardedRoutes
{
    /// <summary>A group whose requests need a source's key, with the answers that each of its routes may give for that.</summary>
    public static RouteGroupBuilder MapGuardedGroup(this IEndpointRouteBuilder routes) => routes.MapGroup("")
        .AddEndpointFilter<RouteGroupBuilder, SourceGuard>().WithMetadata(new GuardedRoute())
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429).ProducesProblem(503);
}
