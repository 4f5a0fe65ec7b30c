using ProfileStoreStandIn.AnsweringQueries;
using ProfileStoreStandIn.Blacklisting;
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
    /// Maps <c>{prefix}/api/v1.0/Track</c>, <c>{prefix}/api/v1.0/TrackBulk</c>, <c>{prefix}/api/v2.0/TrackEvents</c>, filter definitions, segments, scopes and blacklists, and <c>{prefix}/stand-in/...</c>; without a prefix also
    /// <c>/health/live</c>, which belongs to the host otherwise.
    /// </summary>
    public static void MapProfileStoreStandIn(this IEndpointRouteBuilder routes, string prefix, StandInOptions options)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(options);
        var time = routes.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
        var (store, fault) = (new EventStore(options.KeepEvents, time), new CurrentFault());
        var blacklist = new Blacklist();
        var tracking = new TrackingApi(options, store, blacklist, fault, time);
        var administration = new BlacklistApi(options, blacklist, fault, time);
        routes.MapPost($"{prefix}/api/v1.0/blacklists", (Delegate)administration.Add);
        routes.MapGet($"{prefix}/api/v1.0/blacklists", (Delegate)administration.List);
        routes.MapDelete($"{prefix}/api/v1.0/blacklists/{{id}}", (HttpContext http, string id) => administration.Remove(http, id));
        routes.MapPost($"{prefix}/api/v1.0/Track", (HttpContext http) => tracking.Track(http, bulk: false));
        routes.MapPost($"{prefix}/api/v1.0/TrackBulk", (HttpContext http) => tracking.Track(http, bulk: true));
        var segments = new SegmentStore(options);
        SegmentsApi.Map(routes.MapGroup($"{prefix}/api"), options, segments);
        routes.MapGet($"{prefix}/stand-in/segments/writes", () => segments.Writes);

        var queryFault = new CurrentFault();
        var queries = new TrackEventsApi(options, store, queryFault, time);
        routes.MapGet($"{prefix}/api/v2.0/TrackEvents", queries.Answer);
        routes.MapPut($"{prefix}/stand-in/visible-after/{{wait}}", (TimeSpan wait) =>
        {
            queries.VisibleAfter = wait;
            return Results.NoContent();
        });

        routes.MapGet($"{prefix}/stand-in/blacklist", blacklist.All);
        routes.MapControl($"{prefix}/stand-in", store, fault, queryFault, blacklist.Clear);
        if (prefix.Length == 0)
            routes.MapHealthChecks("/health/live");
    }
}
