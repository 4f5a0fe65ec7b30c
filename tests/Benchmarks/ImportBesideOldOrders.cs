using Benchmarks.Measuring;
using Benchmarks.Reporting;
using Npgsql;
using RealServers;
using SampleOrders;

namespace Benchmarks;

/// <summary>What importing costs while a journal fills over the years. That the relay is not slowed down either is for part <c>kept</c>.</summary>
internal sealed class ImportBesideOldOrders : IPart
{
    private const double Constant = 1.2;
    private const double GiB = 1024.0 * 1024 * 1024;
    private const double Spare = 6 * GiB;

    public string Name => "journal";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("in-store-orders-import");
        try
        {
            SampleExport.Write(folder.FullName, scale.Imported, linesPerSale: 3);
            await using var database = await TestDatabase.Create();
            await using var postgres = NpgsqlDataSource.Create(database.ConnectionString);
            var file = Path.Combine(folder.FullName, "store-orders.csv");
            report.Section("Import beside old orders");
            var table = new MarkdownTable("old orders", "orders/s", "import, µs CPU/order", "PostgreSQL, µs CPU/order", "log, KiB/order", "whole pages in it/order", "pages read/order");
            var imports = 0;
            var alone = await Level(0);
            var rows = await KeptRows.OfJournal(database.ConnectionString, cancellationToken);
            var (filled, beside) = (0, alone);
            foreach (var kept in scale.Kept)
            {
                var (need, free) = ((kept - filled) * await rows.BytesPerOrder() + Spare, (double)new DriveInfo("/").AvailableFreeSpace);
                if (need > free)
                {
                    report.Missing($"import beside {MarkdownTable.Text(kept)} old orders", $"{need / GiB:0.0} GiB of disk are needed, {free / GiB:0.0} GiB are free.");
                    continue;
                }
                Report.Progress($"journal: filling in {kept} old orders");
                await rows.Fill((filled / KeptRows.OrdersPerCopy) + 1, kept / KeptRows.OrdersPerCopy, cancellationToken);
                (filled, beside) = (kept, await Level(kept));
            }
            if (filled > 0)
                report.Aim($"processor time of an imported order beside {MarkdownTable.Text(filled)} old ones, against none", $"at most {Constant:0.00} times", beside / alone, beside <= Constant * alone);
            report.Show(table);
            report.Say($"Median of {scale.Rounds} imports of {MarkdownTable.Text(scale.Imported)} orders (CSV, three lines each) one after the other into the same journal, each in the name of another source. Old orders are copies with random ids, finished, vacuumed. Orders/s by the command's own watch, without start-up.");

            async Task<double> Level(int old)
            {
                var runs = new List<ImportRun>();
                var written = await ServerWork.Read(postgres, cancellationToken);
                for (var round = 0; round < scale.Rounds; round++)
                {
                    Report.Progress($"journal: import of {scale.Imported} orders beside {old} old ones");
                    runs.Add(await ImportRun.Of(file, "csv", $"till-{imports + round}", database.ConnectionString, cancellationToken));
                }
                written = await ServerWork.Read(postgres, cancellationToken) - written;
                // Not before: counting reads every row there is, and would be measured with the imports.
                for (var last = imports + scale.Rounds; imports < last; imports++)
                {
                    var journaled = await ImportRun.Journaled($"till-{imports}", database.ConnectionString);
                    report.Outcome($"import {imports + 1}, beside {MarkdownTable.Text(old)}", journaled, null, 0, Math.Max(0, scale.Imported - journaled), Math.Max(0, journaled - scale.Imported), 0);
                }
                double orders = scale.Rounds * scale.Imported;
                var (own, server) = (Median(run => run.Processor.TotalMicroseconds / scale.Imported), Median(run => run.PostgreSql.TotalMicroseconds / scale.Imported));
                table.Row(old, Median(run => scale.Imported / run.ByItself.TotalSeconds), own, server, written.LogBytes / 1024.0 / orders, written.WholePages / orders, written.PagesRead / orders);
                return own + server;

                double Median(Func<ImportRun, double> of) => Statistics.Median(runs.Select(of));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
