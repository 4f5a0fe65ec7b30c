using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace OrderIngest.GuardingSources;

/// <summary>What stands between the network and the routes.</summary>
internal static class Door
{
    // So that a body that is a little too large is told by the route, which knows what it is about, and not by the server.
    private const int Slack = 64 * 1024;

    /// <summary>
    /// The guard's parts, and the server's own bounds: bodies as large as one order wherever a route does not say otherwise. The server's other bounds stay as they are: 32 KB of
    /// headers, 30 s for them to arrive, 240 bytes a second for a body.
    /// </summary>
    public static void AddDoor(this IServiceCollection services)
    {
        services.AddSingleton<SourceGuard>();
        services.AddSingleton<OperatorGuard>();
        services.AddSingleton<OperatorsOnly>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<RefusedKeys>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<OrderIngestOptions>>((server, options) =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = options.Value.MaxOrderBytes + Slack;
        });
    }
}
