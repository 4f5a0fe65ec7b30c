using OdpStandIn;

var builder = WebApplication.CreateBuilder(args);
builder.AddOdpStandIn();
var app = builder.Build();
app.MapOdpStandIn("", app.Configuration.GetSection(OdpStandInOptions.Section).Get<OdpStandInOptions>() ?? new());
await app.RunAsync();
