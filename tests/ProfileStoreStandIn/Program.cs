using ProfileStoreStandIn;

var builder = WebApplication.CreateBuilder(args);
builder.AddProfileStoreStandIn();
var app = builder.Build();
app.MapProfileStoreStandIn("", app.Configuration.GetSection(StandInOptions.Section).Get<StandInOptions>() ?? new());
await app.RunAsync();
