using ProfileStoreStandIn.KeepingEvents;

namespace ProfileStoreStandIn.Misbehaving;

/// <summary>What a test tells a stand-in, and what it asks: the same for all that take events.</summary>
internal static class ControlRoutes
{
    /// <summary>
    /// Maps <c>faults</c>, <c>events</c>, <c>summary</c> and <c>times</c> below <paramref name="prefix"/>, and <c>query-faults</c> where events can be asked for.
    /// </summary>
    public static void MapControl(this IEndpointRouteBuilder routes, string prefix, EventStore store, CurrentFault fault, CurrentFault? queryFault = null, Action? clearMore = null)
    {
        var control = routes.MapGroup(prefix);
        control.MapFault("/faults", fault);
        if (queryFault is not null)
            control.MapFault("/query-faults", queryFault);
        control.MapGet("/events", (long? after, int? limit) => store.After(after ?? 0, Math.Clamp(limit ?? 100, 1, 10_000)));
        control.MapGet("/events/{trackId}", (string trackId) => store.WithId(trackId));
        control.MapGet("/summary", store.Summary);
        control.MapGet("/times", store.Times);
        control.MapDelete("", () =>
        {
            store.Clear();
            clearMore?.Invoke();
            fault.Set(null);
            queryFault?.Set(null);
            return Results.NoContent();
        });
    }

    private static void MapFault(this RouteGroupBuilder control, string route, CurrentFault fault)
    {
        control.MapPut(route, (Fault wanted) =>
        {
            fault.Set(wanted);
            return Results.NoContent();
        });
        control.MapDelete(route, () =>
        {
            fault.Set(null);
            return Results.NoContent();
        });
    }
}
