using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using RunningSystem;

namespace Benchmarks;

/// <summary>One run of <c>OrderIngest import FILE</c>, as a process of its own.</summary>
/// <param name="InAll">From the start of the process to its end.</param>
/// <param name="ByItself">What the command says it took, without start-up.</param>
/// <param name="Processor">Processor time of the command.</param>
/// <param name="PostgreSql">Processor time of the database server.</param>
/// <param name="Peak">Most memory resident, in MiB.</param>
internal sealed partial record ImportRun(TimeSpan InAll, TimeSpan ByItself, TimeSpan Processor, TimeSpan PostgreSql, double Peak)
{
    private const int SomethingRejected = 2;

    /// <param name="file">What is imported.</param>
    /// <param name="format">As configured.</param>
    /// <param name="source">As configured: the same file is other orders in the name of another source.</param>
    /// <param name="database">Where the journal is.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<ImportRun> Of(string file, string format, string source, string database, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [ServiceProcess.Program("OrderIngest"), "import", file, "--source", source])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["Database__ConnectionString"] = database;
        start.Environment[$"OrderIngest__Sources__{source}__Format"] = format;

        var before = ProcessorTimes.Read();
        var watch = Stopwatch.StartNew();
        using var import = Process.Start(start)!;
        try
        {
            var (said, complained) = (import.StandardOutput.ReadToEndAsync(cancellationToken), import.StandardError.ReadToEndAsync(cancellationToken));
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromMinutes(10));
            var (processor, peak) = await Watch(import, patience.Token);
            var took = watch.Elapsed;
            if (import.ExitCode is not (0 or SomethingRejected))
                throw new InvalidOperationException($"the import ended with {import.ExitCode}: {(await said).Trim()} {(await complained).Trim()}");
            var seconds = double.Parse(Took().Match(await said).Groups[1].Value, CultureInfo.InvariantCulture);
            return new(took, TimeSpan.FromSeconds(seconds), processor, (ProcessorTimes.Read() - before).ByProgram[ProcessorTimes.PostgreSql], peak);
        }
        finally
        {
            if (!import.HasExited)
                import.Kill();
        }
    }

    /// <summary>Orders of a source in the journal. It reads the whole table: to be asked when nothing is measured any more.</summary>
    public static async Task<int> Journaled(string source, string database)
    {
        await using var connection = new NpgsqlConnection($"{database};Command Timeout=300");
        return await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM order_ingest.orders WHERE source = @source", new { source });
    }

    // The kernel forgets both figures when the process ends: the last look before counts, a twentieth of a second early at most.
    private static async Task<(TimeSpan Processor, double Peak)> Watch(Process import, CancellationToken cancellationToken)
    {
        var (processor, peak) = (TimeSpan.Zero, 0.0);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!import.HasExited && await ticks.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                import.Refresh();
                (processor, peak) = (import.TotalProcessorTime, Math.Max(peak, import.PeakWorkingSet64 / 1024.0 / 1024));
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception && import.HasExited)
            {
                // It ended just now, before or in the middle of the look.
            }
        }
        await import.WaitForExitAsync(cancellationToken);
        return (processor, peak);
    }

    [GeneratedRegex(@"orders in ([0-9.]+) s")]
    private static partial Regex Took();
}
