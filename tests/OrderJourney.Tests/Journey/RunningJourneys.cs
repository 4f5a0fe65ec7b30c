using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using RealServers;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.Tests.Journey;

/// <summary>A real instance of the service on RabbitMQ and PostgreSQL.</summary>
internal static class RunningJourneys
{
    public static Task<WebApplication> Start(string broker, TestDatabase database, params (string Key, string Value)[] settings) => Start(broker, database, _ => { }, settings);

    /// <summary>With other subscribers beside it, in the same process.</summary>
    public static async Task<WebApplication> Start(string broker, TestDatabase database, Action<IBusRegistrationConfigurator> others, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["Bus:Transport"] = "RabbitMq";
        builder.Configuration["Bus:ConnectionString"] = broker;
        builder.Configuration["Database:ConnectionString"] = database.ConnectionString;
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.AddServiceDefaults(OrderJourneyService.Name);
        builder.AddOrderJourney();
        builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add, others);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapOrderJourney();
        await app.StartAsync();
        return app;
    }

    public static async Task<IBusControl> WhenConnected(this WebApplication app, CancellationToken cancellationToken)
    {
        await app.Services.GetRequiredService<TopologyDeployment>().WhenDeployed(cancellationToken);
        var bus = app.Services.GetRequiredService<IBusControl>();
        Assert.Equal(BusHealthStatus.Healthy, await bus.WaitForHealthStatus(BusHealthStatus.Healthy, cancellationToken));
        return bus;
    }
}
