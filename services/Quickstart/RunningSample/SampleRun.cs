using Microsoft.Extensions.Options;
using OrderIngest.ImportingFiles;
using Quickstart.ComposingServices;
using Quickstart.ReportingOutcome;
using ServiceDefaults.UsingTheDatabase;
using Spectre.Console;

namespace Quickstart.RunningSample;

/// <summary>Starts everything, imports the sample, watches until every order has settled, and tells what became of them.</summary>
internal static class SampleRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(8);
    private static readonly string[] Databases = ["OrderIngest", "ProfileStoreSender", "OrderJourney", "EmailMarketing"];

    public static async Task<int> Run(int port, bool exitWhenDone, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("in-store-orders-");
        try
        {
            var address = AllServices.Address(port);
            var samples = Path.Combine(AppContext.BaseDirectory, "Sample");
            var app = AllServices.Build(address, folder, samples);
            await app.StartAsync(cancellationToken);
            try
            {
                return await ImportAndWatch(app, address, samples, exitWhenDone, cancellationToken);
            }
            finally
            {
                await End(app);
            }
        }
        catch (OptionsValidationException exception)
        {
            AnsiConsole.WriteLine(string.Join(Environment.NewLine, exception.Failures));
            return 1;
        }
        finally
        {
            // SQLite keeps pooled files open.
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// The in-memory transport waits for every message that is held, however long. Nothing here outlives the process anyway; a broker would take such
    /// messages back.
    /// </summary>
    private static async Task End(WebApplication app)
    {
        try
        {
            await app.StopAsync(CancellationToken.None).WaitAsync(LongestEnd);
            await app.DisposeAsync().AsTask().WaitAsync(LongestEnd);
        }
        catch (TimeoutException)
        {
            AnsiConsole.WriteLine("Ended while orders were still held.");
        }
    }

    private static async Task<int> ImportAndWatch(WebApplication app, Uri address, string samples, bool exitWhenDone, CancellationToken cancellationToken)
    {
        using (var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            starting.CancelAfter(Patience);
            foreach (var name in Databases)
                await app.Services.GetRequiredKeyedService<ServiceDatabase>(name).WhenReady(starting.Token);
        }

        using var http = new HttpClient { BaseAddress = address };
        var import = app.Services.GetRequiredService<OrderFileImport>();
        var report = new RunReport(AnsiConsole.Console);
        var imported = await report.Importing(
            progress => import.Run(Path.Combine(samples, "store-orders.csv"), AllServices.Source, progress, cancellationToken: cancellationToken));
        var outcome = await report.Settling(new OutcomeReader(http, import, AllServices.WithOdp(app.Configuration)), Patience, cancellationToken);
        report.Tell(imported, outcome, exitWhenDone ? null : address);
        if (!exitWhenDone)
            await app.WaitForShutdownAsync(cancellationToken);
        return outcome.IsLawful ? 0 : 1;
    }
}
