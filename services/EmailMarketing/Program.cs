using EmailMarketing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

if (await ServiceCommands.Run(args, "EmailMarketing", typeof(EmailMarketingService).Assembly) is { } exitCode)
    return exitCode;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("EmailMarketing");
builder.AddEmailMarketing();
builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);
var app = builder.Build();
app.UseServiceDefaults();
app.MapEmailMarketing();
await app.RunAsync();
return 0;
