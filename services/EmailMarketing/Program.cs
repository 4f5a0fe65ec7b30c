using EmailMarketing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("EmailMarketing");
builder.AddEmailMarketing();
builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);
var app = builder.Build();
app.UseServiceDefaults();
app.MapEmailMarketing();
await app.RunAsync();
