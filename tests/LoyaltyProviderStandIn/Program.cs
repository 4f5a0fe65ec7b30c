using LoyaltyProviderStandIn;
using ServiceDefaults.AskingItself;

if (HealthCommand.Wants(args))
    return await HealthCommand.Run(args, unsaid: "live");

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);
var options = builder.Configuration.GetSection(StandInOptions.Section).Get<StandInOptions>() ?? new StandInOptions();

var app = builder.Build();
app.MapGet("/health/live", () => Results.Ok(new { status = "Healthy" }));
app.MapLoyaltyProvider(options.Prefix, options);
await app.RunAsync();
return 0;
