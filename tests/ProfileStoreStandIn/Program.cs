using ProfileStoreStandIn;
using ServiceDefaults.AskingItself;

if (HealthCommand.Wants(args))
    return await HealthCommand.Run(args, unsaid: "live");

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);
builder.AddProfileStoreStandIn();
var app = builder.Build();
app.MapProfileStoreStandIn("", app.Configuration.GetSection(StandInOptions.Section).Get<StandInOptions>() ?? new());
await app.RunAsync();
return 0;
