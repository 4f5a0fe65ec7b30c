using ProfileStoreStandIn.KeepingEvents;
using ProfileStoreStandIn.Misbehaving;

namespace OdpStandIn;

/// <summary>ODP's events API under any prefix of any web application, and the routes that control it.</summary>
public static class OdpStandInRoutes
{
    /// <summary>What a process of its own needs besides the routes.</summary>
    public static void AddOdpStandIn(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHealthChecks();
        // A log line per event would be the slowest part of a load test.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    }

    /// <summary>Maps <c>{prefix}/v3/events</c> and <c>{prefix}/stand-in/...</c>; without a prefix also <c>/health/live</c>, which belongs to the host otherwise.</summary>
    public static void MapOdpStandIn(this IEndpointRouteBuilder routes, string prefix, OdpStandInOptions options)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(options);
        var time = routes.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
        var (store, fault) = (new EventStore(options.KeepEvents, time), new CurrentFault());
        var events = new EventsApi(options, store, fault, time);
        routes.MapPost($"{prefix}/v3/events", events.Take);
        routes.MapControl($"{prefix}/stand-in", store, fault);
        if (prefix.Length == 0)
            routes.MapHealthChecks("/health/live");
    }
}
