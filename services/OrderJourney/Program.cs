using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderJourney;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("OrderJourney");
builder.AddOrderJourney();
builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);

var app = builder.Build();
app.UseServiceDefaults();
app.MapOrderJourney();
await app.RunAsync();
