using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.ValidatingOptions;

namespace ServiceDefaults.GuardingAccess;

/// <summary>API keys: kept as hashes, compared in constant time.</summary>
public static class ApiKeys
{
    /// <summary>The header a key comes in.</summary>
    public const string Header = "X-Api-Key";

    /// <summary>SHA-256 of a key as lower-case hexadecimal, the form configuration holds.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>True when the key has this hash; takes equally long for every wrong key.</summary>
    public static bool Matches(string key, string hash) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), Convert.FromHexString(hash));

    /// <summary>Reads section <c>Access</c>; outside Development a service with neither keys nor consent to anonymous use does not start.</summary>
    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        var development = builder.Environment.IsDevelopment();
        builder.AddValidatedOptions<AccessOptions>(AccessOptions.Section).Validate(
            access => development || access.AllowAnonymous || access.ApiKeyHashes.Count > 0,
            $"{AccessOptions.Section}:{nameof(AccessOptions.ApiKeyHashes)}: is missing; outside Development set at least one key, or {AccessOptions.Section}:{nameof(AccessOptions.AllowAnonymous)}=true behind a gateway that does the asking");
    }

    /// <summary>Lets only callers with a valid key through; without configured keys (Development, or anonymous by consent) everybody.</summary>
    public static RouteGroupBuilder RequireApiKey(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            var access = context.HttpContext.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value;
            if (access.AllowAnonymous || access.ApiKeyHashes.Count == 0)
                return await next(context);
            var key = context.HttpContext.Request.Headers[Header].ToString();
            return key.Length > 0 && access.ApiKeyHashes.Any(hash => Matches(key, hash))
                ? await next(context)
                : Results.Problem($"send a valid key in the header {Header}", statusCode: StatusCodes.Status401Unauthorized, title: "No valid API key");
        });
        return group;
    }

    /// <summary>
    /// Lets only callers through who have a key of <c>Access:ErasureKeyHashes</c>: what they do cannot be undone, so neither an ordinary key nor
    /// <c>Access:AllowAnonymous</c> opens this. Open in Development while no keys at all are configured.
    /// </summary>
    public static RouteGroupBuilder RequireErasureKey(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            var services = context.HttpContext.RequestServices;
            var access = services.GetRequiredService<IOptions<AccessOptions>>().Value;
            if (access.ErasureKeyHashes.Count == 0 && access.ApiKeyHashes.Count == 0 && services.GetRequiredService<IHostEnvironment>().IsDevelopment())
                return await next(context);
            var key = context.HttpContext.Request.Headers[Header].ToString();
            if (key.Length > 0 && access.ErasureKeyHashes.Any(hash => Matches(key, hash)))
                return await next(context);
            return key.Length > 0 && access.ApiKeyHashes.Any(hash => Matches(key, hash))
                ? Results.Problem($"this needs a key of {AccessOptions.Section}:{nameof(AccessOptions.ErasureKeyHashes)}", statusCode: StatusCodes.Status403Forbidden, title: "This key may not erase")
                : Results.Problem($"send a valid key in the header {Header}", statusCode: StatusCodes.Status401Unauthorized, title: "No valid API key");
        });
        return group;
    }
}
