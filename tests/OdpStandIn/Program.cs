using OdpStandIn;
using ServiceDefaults.AskingItself;

if (HealthCommand.Wants(args))
    return await HealthCommand.Run(args, unsaid: "live");

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);
builder.AddOdpStandIn();
var app = builder.Build();
app.MapOdpStandIn("", app.Configuration.GetSection(OdpStandInOptions.Section).Get<OdpStandInOptions>() ?? new());
await app.RunAsync();
return 0;
