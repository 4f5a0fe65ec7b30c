using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using RealServers;
using ServiceDefaults;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.GuardingAccess;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests;

/// <summary>The whole service as its Program.cs composes it, on a free port, with the transport in memory.</summary>
internal sealed class RunningEmailMarketing : IAsyncDisposable
{
    public const string Key = "a key for tests";

    private readonly WebApplication _app;
    private readonly IAsyncDisposable? _database;
    private readonly string? _folder;

    private RunningEmailMarketing(WebApplication app, IAsyncDisposable? database, string? folder)
    {
        (_app, _database, _folder) = (app, database, folder);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Client.DefaultRequestHeaders.Add(ApiKeys.Header, Key);
    }

    /// <summary>Sends a valid key with every request.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public ServiceDatabase Database => Services.GetRequiredKeyedService<ServiceDatabase>("EmailMarketing");

    public static async Task<RunningEmailMarketing> Start(DatabaseKind kind, ILoggerProvider? logs = null)
    {
        var postgres = kind == DatabaseKind.PostgreSql ? await TestDatabase.Create() : null;
        var folder = kind == DatabaseKind.Sqlite ? Directory.CreateTempSubdirectory("email-marketing-").FullName : null;
        return await Start(postgres?.ConnectionString ?? $"Data Source={folder}/contacts.db;Pooling=False", postgres, folder, logs);
    }

    /// <summary>With a database that is not there.</summary>
    public static Task<RunningEmailMarketing> StartWithoutDatabase() =>
        Start("Host=127.0.0.1;Port=1;Username=nobody;Database=none", null, null, null);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static async Task<RunningEmailMarketing> Start(string connection, IAsyncDisposable? database, string? folder, ILoggerProvider? logs)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Bus:Transport"] = "InMemory",
            ["Database:ConnectionString"] = connection,
            ["Database:RequestPatience"] = database is null && folder is null ? "00:00:00.2" : "00:00:05",
            ["Access:ApiKeyHashes:0"] = ApiKeys.Hash(Key),
        });
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults("EmailMarketing");
        builder.Logging.ClearProviders();
        if (logs is not null)
            builder.Logging.AddProvider(logs);
        builder.AddEmailMarketing();
        builder.AddServiceBus(HealthStatus.Unhealthy, Subscriptions.Add);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapEmailMarketing();
        await app.StartAsync();
        return new(app, database, folder);
    }
}
