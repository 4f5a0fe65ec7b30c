using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Tests;

/// <summary>Hosts that differ only in what a test cares about.</summary>
internal static class A
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A web host on a free port with these settings, silent, in Development unless told otherwise.</summary>
    public static WebApplicationBuilder Host(Dictionary<string, string?> settings, string environment = "Development")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.AddServiceDefaults("Test");
        builder.Logging.ClearProviders();
        return builder;
    }

    /// <summary>Everything a host that refuses to start says.</summary>
    public static async Task<string> RefusalOf(Func<WebApplicationBuilder> host)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var app = host().Build();
            await app.StartAsync(Token);
        });
        return refusal.ToString();
    }

    public static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.Single()) };
}
