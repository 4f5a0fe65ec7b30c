using System.CommandLine;
using Microsoft.Extensions.Options;
using OrderIngest.JournalingOrders;
using OrderIngest.ReconcilingJourneys;
using OrderIngest.TryingFormats;
using ServiceDefaults.UsingTheDatabase;
using Spectre.Console;

namespace OrderIngest.ImportingFiles;

/// <summary><c>OrderIngest import FILE --source NAME</c>: exit code 0 when everything was accepted, 2 when something was rejected, 1 on failure.</summary>
internal static class ImportCommand
{
    private const int Done = 0, Failed = 1, SomethingRejected = 2;

    /// <summary>Without a command the service serves; its arguments are configuration then.</summary>
    public static bool Wants(string[] args) => args is ["import" or "read" or "reconcile" or "--help" or "-h" or "-?" or "--version", ..];

    public static Task<int> Run(string[] args) => Run(args, AnsiConsole.Console);

    public static async Task<int> Run(string[] args, IAnsiConsole console)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file, in the source's Format." };
        var source = new Option<string>("--source") { Description = "Configured name of the ERP or POS the file is from.", Required = true };
        var lines = new Option<FileInfo?>("--lines") { Description = "The file of lines, where orders and lines are two files." };
        var batchSize = new Option<int?>("--batch-size") { Description = "Orders written in one statement, 1 to 5000." };
        batchSize.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var size) && size is >= 1 and <= 5000))
                result.AddError("--batch-size must be 1 to 5000");
        });
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for a database that is away.", DefaultValueFactory = _ => 60 };
        var import = new Command("import", "Takes a file of orders into the journal; the running service publishes them.") { file, source, lines, batchSize, wait };
        import.SetAction((parsed, cancellationToken) => Import(
            parsed.GetRequiredValue(file), parsed.GetValue(lines), parsed.GetRequiredValue(source), parsed.GetValue(batchSize), TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(wait), 1, 3600)), console, cancellationToken));
        var root = new RootCommand("Takes in-store orders in. Without a command: serves HTTP and publishes what the journal holds. As every service it also knows health [live|ready] and migrate [--wait SECONDS].") { import, ReadCommand.Make(Console.Out, Console.Error), ReconcileCommand.Make(Console.Out, Console.Error) };
        return await root.Parse(args).InvokeAsync();
    }

    private static async Task<int> Import(FileInfo file, FileInfo? lines, string source, int? batchSize, TimeSpan patience, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var report = new ImportReport(console);
        try
        {
            return await JournalHost.Use(patience, async services =>
            {
                var summary = await report.Show(
                    progress => services.GetRequiredService<OrderFileImport>().RunWithLines(file.FullName, lines?.FullName, source, progress, batchSize, cancellationToken));
                report.Summarise(summary);
                return summary.NotAccepted == 0 ? Done : SomethingRejected;
            }, cancellationToken);
        }
        catch (OptionsValidationException exception)
        {
            return report.Fail(string.Join(Environment.NewLine, exception.Failures), Failed);
        }
        catch (Exception exception) when (exception is ImportFailedException or DatabaseUnavailableException or IOException or UnauthorizedAccessException)
        {
            return report.Fail(exception.Message, Failed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return report.Fail("Stopped. What was read so far is in the journal; importing the file again goes on from there.", Failed);
        }
    }
}
