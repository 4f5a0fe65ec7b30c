using LoyaltyProviderStandIn;

var builder = WebApplication.CreateBuilder(args);
var options = builder.Configuration.GetSection(StandInOptions.Section).Get<StandInOptions>() ?? new StandInOptions();

var app = builder.Build();
app.MapGet("/health/live", () => Results.Ok(new { status = "Healthy" }));
app.MapLoyaltyProvider(options.Prefix, options);
await app.RunAsync();
