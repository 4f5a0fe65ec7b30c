using CustomerResolution;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("CustomerResolution");
builder.AddCustomerResolution();
builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);

var app = builder.Build();
app.UseServiceDefaults();
app.MapCustomerResolution();
await app.RunAsync();
