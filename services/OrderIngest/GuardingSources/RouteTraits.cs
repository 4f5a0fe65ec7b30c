namespace OrderIngest.GuardingSources;

/// <summary>
/// What the guard must know about a route, as metadata of its endpoint. A route that says nothing is closed to keys of some stores, and takes bodies of the size of one order.
/// </summary>
/// <param name="JudgesStores">The route itself looks at each order's store, so that a key of some stores may use it.</param>
/// <param name="TakesBatches">The body may be far longer than one order, and takes as long.</param>
internal sealed record RouteTraits(bool JudgesStores = false, bool TakesBatches = false)
{
    private static readonly RouteTraits None = new();

    public static RouteTraits Of(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<RouteTraits>() ?? None;
}
