using Benchmarks.Reporting;
using SampleOrders;

namespace Benchmarks;

/// <summary>How fast a file of orders gets into the journal, and whether memory depends on its size.</summary>
internal sealed class FileImport : IPart
{
    private const double Flat = 1.25;

    public string Name => "import";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("in-store-orders-import");
        try
        {
            var table = new MarkdownTable("orders", "rows", "MB", "orders/s", "rows/s", "without start-up, orders/s", "seconds", "import, µs CPU/order", "PostgreSQL, µs CPU/order", "peak MiB");
            var (small, _) = await Import(folder, scale.Imported, table, report, cancellationToken);
            var (large, orders) = await Import(folder, scale.Imported * 5, table, report, cancellationToken);
            var rate = orders / large.InAll.TotalSeconds;
            report.Aim("import of the larger file, orders per second, start-up included", "20,000", rate, rate >= 20_000);
            report.Aim("peak memory of a file five times as large", $"at most {Flat:0.00} times", large.Peak / small.Peak, large.Peak <= Flat * small.Peak);
            report.Section("Import of a file");
            report.Show(table);
            report.Say("`OrderIngest import FILE` of a flat CSV of invented orders (tests/SampleOrders), repeated and damaged orders included, into an empty journal on PostgreSQL; a new process each, so its compilation is included. Orders are those accepted.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(ImportRun Run, int Orders)> Import(DirectoryInfo folder, int orders, MarkdownTable table, Report report, CancellationToken cancellationToken)
    {
        Report.Progress($"import: {orders} orders");
        var contents = SampleExport.Write(folder.FullName, orders);
        var file = new FileInfo(Path.Combine(folder.FullName, "store-orders.csv"));
        var run = await ImportRun.Of(file.FullName, cancellationToken);
        report.Outcome($"import of {MarkdownTable.Text(orders)}", run.Journaled, null, 0, Math.Max(0, contents.Orders - run.Journaled), Math.Max(0, run.Journaled - contents.Orders), 0);
        table.Row(
            orders, contents.Rows, file.Length / 1e6, orders / run.InAll.TotalSeconds, contents.Rows / run.InAll.TotalSeconds, orders / run.ByItself.TotalSeconds, run.InAll.TotalSeconds,
            run.Processor.TotalMicroseconds / orders, run.PostgreSql.TotalMicroseconds / orders, run.Peak);
        return (run, orders);
    }
}
