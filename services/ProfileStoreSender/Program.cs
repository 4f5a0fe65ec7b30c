using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProfileStoreSender;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("ProfileStoreSender");
builder.AddProfileStoreSender();
builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Of(builder.Configuration));
var app = builder.Build();
app.UseServiceDefaults();
app.MapProfileStoreSender();
await app.RunAsync();
