using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderIngest;
using OrderIngest.ImportingFiles;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;

if (ImportCommand.Wants(args))
    return await ImportCommand.Run(args);
if (await ServiceCommands.Run(args, OrderIngestService.Name, typeof(OrderIngestService).Assembly) is { } exitCode)
    return exitCode;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(OrderIngestService.Name);
builder.AddOrderIngest();
builder.AddServiceBus(HealthStatus.Degraded, Subscriptions.Add);

var app = builder.Build();
app.UseServiceDefaults();
app.MapOrderIngest();
await app.RunAsync();
return 0;
