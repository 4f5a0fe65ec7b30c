using CustomerResolution;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

if (await ServiceCommands.Run(args, "CustomerResolution", schema: null) is { } exitCode)
    return exitCode;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("CustomerResolution");
builder.AddCustomerResolution();
builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);

var app = builder.Build();
app.UseServiceDefaults();
app.MapCustomerResolution();
await app.RunAsync();
return 0;
