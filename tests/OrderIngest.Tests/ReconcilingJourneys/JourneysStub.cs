using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrderIngest.Tests.ReconcilingJourneys;

/// <summary>Answers <c>POST /journeys/known</c> as a test wants it.</summary>
internal sealed class JourneysStub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private JourneysStub(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public Func<Guid, bool> Knows { get; set; } = _ => false;

    public bool Away { get; set; }

    public string? Key { get; private set; }

    public static async Task<JourneysStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new JourneysStub(app);
        app.MapPost("/journeys/known", async (HttpContext http) =>
        {
            stub.Key = http.Request.Headers["X-Api-Key"];
            if (stub.Away)
                return Results.StatusCode(503);
            var asked = await http.Request.ReadFromJsonAsync<Asked>();
            return Results.Json(new { known = asked!.OrderIds.Where(stub.Knows) });
        });
        await app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed record Asked(IReadOnlyList<Guid> OrderIds);
}
