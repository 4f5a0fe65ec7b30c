using ProfileStoreStandIn.AnsweringQueries;
using ProfileStoreStandIn.KeepingEvents;
using ProfileStoreStandIn.KeepingSegments;
using ProfileStoreStandIn.Misbehaving;

namespace ProfileStoreStandIn;

/// <summary>The tracking API under any prefix of any web application, and the routes that control it.</summary>
public static class ProfileStoreStandInRoutes
{
    /// <summary>What a process of its own needs besides the routes.</summary>
    public static void AddProfileStoreStandIn(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHealthChecks();
        builder.Services.AddProblemDetails();
        // A log line per tracked event would be the slowest part of a load test.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    }

    /// <summary>
    /// Maps <c>{prefix}/api/v1.0/Track</c>, <c>{prefix}/api/v1.0/TrackBulk</c>, <c>{prefix}/api/v2.0/TrackEvents</c>, filter definitions, segments and scopes, and <c>{prefix}/stand-in/...</c>; without a prefix also
    /// <c>/health/live</c>, which belongs to the host otherwise.
    /// </summary>
    public static void MapProfileStoreStandIn(this IEndpointRouteBuilder routes, string prefix, StandInOptions options)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(options);
        var time = routes.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
        var (store, fault) = (new EventStore(options.KeepEvents, time), new CurrentFault());
        var tracking = new TrackingApi(options, store, fault, time);
        routes.MapPost($"{prefix}/api/v1.0/Track", (HttpContext http) => tracking.Track(http, bulk: false));
        routes.MapPost($"{prefix}/api/v1.0/TrackBulk", (HttpContext http) => tracking.Track(http, bulk: true));
        var segments = new SegmentStore(options);
        SegmentsApi.Map(routes.MapGroup($"{prefix}/api"), options, segments);
        routes.MapGet($"{prefix}/stand-in/segments/writes", () => segments.Writes);

        var queryFault = new CurrentFault();
        var queries = new TrackEventsApi(options, store, queryFault, time);
        routes.MapGet($"{prefix}/api/v2.0/TrackEvents", queries.Answer);

        var control = routes.MapGroup($"{prefix}/stand-in");
        control.MapPut("/faults", (Fault wanted) =>
        {
            fault.Set(wanted);
            return Results.NoContent();
        });
        control.MapDelete("/faults", () =>
        {
            fault.Set(null);
            return Results.NoContent();
        });
        control.MapPut("/query-faults", (Fault wanted) =>
        {
            queryFault.Set(wanted);
            return Results.NoContent();
        });
        control.MapDelete("/query-faults", () =>
        {
            queryFault.Set(null);
            return Results.NoContent();
        });
        control.MapPut("/visible-after/{wait}", (TimeSpan wait) =>
        {
            queries.VisibleAfter = wait;
            return Results.NoContent();
        });
        control.MapGet("/events", (long? after, int? limit) => store.After(after ?? 0, Math.Clamp(limit ?? 100, 1, 10_000)));
        control.MapGet("/events/{trackId}", (string trackId) => store.WithId(trackId));
        control.MapGet("/summary", store.Summary);
        control.MapGet("/times", store.Times);
        control.MapDelete("", () =>
        {
            store.Clear();
            fault.Set(null);
            queryFault.Set(null);
            return Results.NoContent();
        });
        if (prefix.Length == 0)
            routes.MapHealthChecks("/health/live");
    }
}
