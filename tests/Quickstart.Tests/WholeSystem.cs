using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quickstart.ComposingServices;
using ServiceDefaults.UsingTheDatabase;

namespace Quickstart.Tests;

/// <summary>All services in this process, as Quickstart composes them.</summary>
public sealed class WholeSystem : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private WholeSystem(WebApplication app, DirectoryInfo folder, Uri address) => (_app, _folder, Http) = (app, folder, new HttpClient { BaseAddress = address });

    public HttpClient Http { get; }

    public static async Task<WholeSystem> Start(ILoggerProvider? logs = null, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("whole-system");
        var address = AllServices.Address(0);
        foreach (var (key, value) in settings)
            Environment.SetEnvironmentVariable(key.Replace(":", "__", StringComparison.Ordinal), value);
        var app = AllServices.Build(address, folder, Path.Combine(AppContext.BaseDirectory, "Sample"), builder =>
        {
            if (logs is null)
                return;
            builder.Logging.ClearProviders();
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        });
        foreach (var (key, _) in settings)
            Environment.SetEnvironmentVariable(key.Replace(":", "__", StringComparison.Ordinal), null);
        await app.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        foreach (var service in new[] { "OrderIngest", "ProfileStoreSender", "OrderJourney", "EmailMarketing" })
            await app.Services.GetRequiredKeyedService<ServiceDatabase>(service).WhenReady(patience.Token);
        return new(app, folder, address);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
