using ProfileStoreStandIn.Blacklisting;
using ProfileStoreStandIn.KeepingEvents;
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
    /// Maps <c>{prefix}/api/v1.0/Track</c>, <c>{prefix}/api/v1.0/TrackBulk</c>, <c>{prefix}/api/v1.0/blacklists</c> and <c>{prefix}/stand-in/...</c>; without a prefix also
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
        control.MapGet("/events", (long? after, int? limit) => store.After(after ?? 0, Math.Clamp(limit ?? 100, 1, 10_000)));
        control.MapGet("/events/{trackId}", (string trackId) => store.WithId(trackId));
        control.MapGet("/blacklist", blacklist.All);
        control.MapGet("/summary", store.Summary);
        control.MapGet("/times", store.Times);
        control.MapDelete("", () =>
        {
            store.Clear();
            blacklist.Clear();
            fault.Set(null);
            return Results.NoContent();
        });
        if (prefix.Length == 0)
            routes.MapHealthChecks("/health/live");
    }
}
