using Benchmarks.Reporting;
using SampleOrders;

namespace Benchmarks;

/// <summary>How fast a file of orders gets into the journal, and whether memory depends on its size.</summary>
internal sealed class FileImport : IPart
{
    private const double Flat = 1.25;
    private const int MostMemory = 300;

    public string Name => "import";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("in-store-orders-import");
        try
        {
            var table = new MarkdownTable("format", "orders", "rows", "MB", "orders/s", "rows/s", "without start-up, orders/s", "seconds", "import, µs CPU/order", "PostgreSQL, µs CPU/order", "peak MiB");
            foreach (var (format, aim) in ((string, int)[])[("csv", 20_000), ("poslog", 5000)])
            {
                var (small, _) = await Import(folder, format, scale.Imported, table, report, cancellationToken);
                var (large, orders) = await Import(folder, format, scale.Imported * 5, table, report, cancellationToken);
                var rate = orders / large.InAll.TotalSeconds;
                report.Aim($"import of the larger {format} file, orders per second, start-up included", MarkdownTable.Text(aim), rate, rate >= aim);
                report.Aim($"peak memory of a {format} file five times as large", $"at most {Flat:0.00} times", large.Peak / small.Peak, large.Peak <= Flat * small.Peak);
                report.Aim($"peak memory of the larger {format} file, MiB", $"below {MostMemory}", large.Peak, large.Peak < MostMemory);
            }
            report.Section("Import of a file");
            report.Show(table);
            report.Say("`OrderIngest import FILE` of invented orders (tests/SampleOrders) as a flat CSV, repeated and damaged orders included, and as POSLog, into an empty journal on PostgreSQL; a new process each, so its compilation is included. Orders are those accepted.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(ImportRun Run, int Orders)> Import(DirectoryInfo folder, string format, int orders, MarkdownTable table, Report report, CancellationToken cancellationToken)
    {
        Report.Progress($"import: {orders} orders as {format}");
        var file = new FileInfo(Path.Combine(folder.FullName, format == "csv" ? "store-orders.csv" : "store-orders.xml"));
        var contents = format == "csv" ? SampleExport.Write(folder.FullName, orders) : SamplePosLog.Write(file.FullName, orders);
        var run = await ImportRun.Of(file.FullName, format, cancellationToken);
        report.Outcome($"import of {MarkdownTable.Text(orders)} as {format}", run.Journaled, null, 0, Math.Max(0, contents.Orders - run.Journaled), Math.Max(0, run.Journaled - contents.Orders), 0);
        table.Row(
            format, orders, contents.Rows, file.Length / 1e6, orders / run.InAll.TotalSeconds, contents.Rows / run.InAll.TotalSeconds, orders / run.ByItself.TotalSeconds, run.InAll.TotalSeconds,
            run.Processor.TotalMicroseconds / orders, run.PostgreSql.TotalMicroseconds / orders, run.Peak);
        return (run, orders);
    }
}
