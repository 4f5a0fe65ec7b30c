using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProfileStoreSender;
using ProfileStoreSender.ApplyingSegments;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

if (SegmentsCommand.Wants(args))
    return await SegmentsCommand.Run(args);
if (await ServiceCommands.Run(args, "ProfileStoreSender", typeof(ProfileStoreSenderService).Assembly) is { } exitCode)
    return exitCode;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("ProfileStoreSender");
builder.AddProfileStoreSender();
builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Of(builder.Configuration));
var app = builder.Build();
app.UseServiceDefaults();
app.MapProfileStoreSender();
await app.RunAsync();
return 0;
