using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderJourney;
using OrderJourney.ComparingTopology;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

if (DoctorCommand.Wants(args))
    return await DoctorCommand.Run(args);
if (await ServiceCommands.Run(args, OrderJourneyService.Name, typeof(OrderJourneyService).Assembly) is { } exitCode)
    return exitCode;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("OrderJourney");
builder.AddOrderJourney();
builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);

var app = builder.Build();
app.UseServiceDefaults();
app.MapOrderJourney();
await app.RunAsync();
return 0;
