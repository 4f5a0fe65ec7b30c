using Benchmarks.Reporting;
using RealServers;
using SampleOrders;

namespace Benchmarks;

/// <summary>How fast a file of orders gets into the journal, and whether memory depends on its size.</summary>
internal sealed class FileImport : IPart
{
    private const double Flat = 1.25;
    private const int MostMemory = 300;

    // A flat order of three lines is what the aim is stated for; baskets as they are say how much the size of orders matters.
    private static readonly Kind[] Kinds = [new("CSV, three lines each", "csv", 3, 20_000), new("CSV, baskets of all sizes", "csv", null, null), new("POSLog", "poslog", null, 5000)];

    public string Name => "import";

    public async Task Measure(Scale scale, Report report, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("in-store-orders-import");
        try
        {
            var table = new MarkdownTable("file", "orders", "rows", "MB", "orders/s", "rows/s", "without start-up, orders/s", "seconds", "import, µs CPU/order", "PostgreSQL, µs CPU/order", "peak MiB");
            foreach (var kind in Kinds)
            {
                var (small, _) = await Import(folder, kind, scale.Imported, table, report, cancellationToken);
                var (large, orders) = await Import(folder, kind, scale.Imported * 5, table, report, cancellationToken);
                var rate = orders / large.InAll.TotalSeconds;
                if (kind.Aim is { } aim)
                    report.Aim($"import of the larger file ({kind.Name}), orders per second, start-up included", MarkdownTable.Text(aim), rate, rate >= aim);
                report.Aim($"peak memory of a file five times as large ({kind.Name})", $"at most {Flat:0.00} times", large.Peak / small.Peak, large.Peak <= Flat * small.Peak);
                report.Aim($"peak memory of the larger file ({kind.Name}), MiB", $"below {MostMemory}", large.Peak, large.Peak < MostMemory);
            }
            report.Section("Import of a file");
            report.Show(table);
            report.Say("`OrderIngest import FILE` of invented orders (tests/SampleOrders) as a flat CSV, repeated and damaged orders included, and as POSLog, into an empty journal on PostgreSQL; a new process each, so its compilation is included. Orders are those accepted. With three lines each: every sale; a return brings one to three back.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(ImportRun Run, int Orders)> Import(DirectoryInfo folder, Kind kind, int orders, MarkdownTable table, Report report, CancellationToken cancellationToken)
    {
        Report.Progress($"import: {orders} orders, {kind.Name}");
        var file = new FileInfo(Path.Combine(folder.FullName, kind.Format == "csv" ? "store-orders.csv" : "store-orders.xml"));
        var contents = kind.Format == "csv" ? SampleExport.Write(folder.FullName, orders, linesPerSale: kind.LinesPerSale) : SamplePosLog.Write(file.FullName, orders);
        await using var database = await TestDatabase.Create();
        var run = await ImportRun.Of(file.FullName, kind.Format, "sample-pos", database.ConnectionString, cancellationToken);
        var journaled = await ImportRun.Journaled("sample-pos", database.ConnectionString);
        report.Outcome($"import of {MarkdownTable.Text(orders)}, {kind.Name}", journaled, null, 0, Math.Max(0, contents.Orders - journaled), Math.Max(0, journaled - contents.Orders), 0);
        table.Row(
            kind.Name, orders, contents.Rows, file.Length / 1e6, orders / run.InAll.TotalSeconds, contents.Rows / run.InAll.TotalSeconds, orders / run.ByItself.TotalSeconds, run.InAll.TotalSeconds,
            run.Processor.TotalMicroseconds / orders, run.PostgreSql.TotalMicroseconds / orders, run.Peak);
        return (run, orders);
    }

    private sealed record Kind(string Name, string Format, int? LinesPerSale, int? Aim);
}
