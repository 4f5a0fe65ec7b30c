using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceDefaults.Observing;
using ServiceDefaults.ReadingSecrets;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.JournalingOrders;

/// <summary>The journal without the service around it, for commands: no bus and no routes.</summary>
internal static class JournalHost
{
    /// <summary>Works on the journal once its database answers.</summary>
    /// <param name="patience">How long to wait for that.</param>
    /// <param name="work">Gets the services.</param>
    /// <param name="cancellationToken">Ends waiting, and is the work's own affair.</param>
    /// <exception cref="DatabaseUnavailableException">The database stayed away; nothing was done.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is wrong.</exception>
    public static async Task<T> Use<T>(TimeSpan patience, Func<IServiceProvider, Task<T>> work, CancellationToken cancellationToken)
    {
        using var host = Build();
        await host.StartAsync(cancellationToken);
        try
        {
            await WaitForDatabase(host.Services, patience, cancellationToken);
            return await work(host.Services);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddSecretFiles();
        // What a person or a script reads is the summary; logs would tear it apart.
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(logs => logs.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddTelemetry(OrderIngestService.Name);
        builder.AddJournal();
        return builder.Build();
    }

    private static async Task WaitForDatabase(IServiceProvider services, TimeSpan patience, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredKeyedService<ServiceDatabase>(OrderIngestService.Name);
        try
        {
            await database.WhenReady(cancellationToken).WaitAsync(patience, services.GetRequiredService<TimeProvider>(), cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new DatabaseUnavailableException($"The database is not available after {patience.TotalSeconds:0} s: {database.Problem}. Nothing was done.", exception);
        }
    }
}
