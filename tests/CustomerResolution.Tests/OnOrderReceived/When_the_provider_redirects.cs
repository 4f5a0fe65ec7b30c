using System.Net;
using Contracts.CustomerResolution;
using MessageExamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerResolution.Tests.OnOrderReceived;

public sealed class When_the_provider_redirects
{
    [Fact]
    public async Task It_does_not_take_the_key_there()
    {
        var arrived = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var provider = builder.Build();
        provider.MapGet("/customers/{card}", () => Results.Redirect("/elsewhere"));
        provider.MapGet("/elsewhere", () =>
        {
            Interlocked.Increment(ref arrived);
            return Results.Json(new { email = "pat@shop.example" });
        });
        await provider.StartAsync();
        var address = provider.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using var service = await RunningService.Start(new() { Settings = new() { ["Loyalty:BaseAddress"] = address } });

        Assert.Equal(CustomerResolutionFailureReason.ProviderUnavailable, await service.ReasonFor(An.Order()));

        Assert.Equal(0, arrived);
    }
}
