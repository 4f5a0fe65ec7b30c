using System.Net;
using CustomerResolution.TakingNotices;
using CustomerResolution.Tests.Observing;
using MessageExamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using RealServers;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.Tests.TakingNotices;

public sealed class When_the_broker_is_away
{
    [Theory]
    [InlineData("loyalty-cards/registered", """{"card":"2900000000017","email":"pat@shop.example"}""")]
    [InlineData("customers/consents", """{"email":"pat@shop.example","mayBeTracked":false}""")]
    public async Task It_tells_the_sender_in_time_to_send_the_notice_again(string route, string body)
    {
        using var logs = new CapturedLogs();
        var time = new ManualTime();
        await using var app = Service(time, logs);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

        var asked = http.PostAsync(route, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        await Eventually.Holds(
            () =>
            {
                // Others wait for this clock too: it goes on until the one that matters has run out.
                time.Advance(NoticePublisher.Bound);
                return Task.FromResult(asked.IsCompleted);
            },
            what: "the end of the wait for the broker's confirm");
        var answer = await asked;

        await answer.Problem(503);
        Assert.Equal("5", answer.Headers.GetValues("Retry-After").Single());
        Assert.Single(logs.Lines, line => line.Contains(" 2023 ", StringComparison.Ordinal));
        await app.StopAsync();
    }

    private static WebApplication Service(ManualTime time, ILoggerProvider logs)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bus:Transport"] = "RabbitMq",
            // Nobody listens there.
            ["Bus:ConnectionString"] = "amqp://guest:guest@127.0.0.1:9/",
            ["Loyalty:BaseAddress"] = "http://127.0.0.1:9",
            ["Loyalty:ApiKey"] = "key",
        });
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddServiceDefaults("CustomerResolution");
        builder.AddCustomerResolution();
        builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapCustomerResolution();
        return app;
    }
}
