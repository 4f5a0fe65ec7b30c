using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.ImportingFiles;

namespace OrderIngest.Tests.ImportingFiles;

/// <summary>The files of docs/formats/samples with the configuration that stands beside them: what the documents promise is what happens.</summary>
public abstract class When_a_sample_of_a_flat_file_is_imported : OnEitherDatabase
{
    private static readonly string Samples = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "formats", "samples"));

    private RunningIngest _ingest = null!;

    /// <summary>Source, file, file of lines; accepted, rejected, skipped, rows. As in docs/formats/csv.md and d365.md.</summary>
    public static TheoryData<string, string, string?, long, long, long, long> Files => new()
    {
        { "till-de", "flat-semicolon-windows-1252.csv", null, 7, 1, 1, 10 },
        { "till-once", "order-columns-once.csv", null, 4, 1, 0, 8 },
        { "till-typed", "header-and-line-rows.csv", null, 4, 1, 0, 16 },
        { "shop-export", "two-files-orders.csv", "two-files-lines.csv", 3, 2, 0, 9 },
        { "commerce", "d365-transactions.csv", "d365-sales-lines.csv", 6, 1, 2, 18 },
    };

    [Theory, MemberData(nameof(Files))]
    public async Task It_comes_to_the_counts_that_are_stated(string source, string file, string? lines, long accepted, long rejected, long skipped, long rows)
    {
        var import = _ingest.Services.GetRequiredService<OrderFileImport>();
        var summary = await import.RunWithLines(Sample(file), lines is null ? null : Sample(lines), source, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((accepted, rejected, skipped, rows), (summary.Accepted, summary.Rejected, summary.Skipped, summary.Rows));
        Assert.Equal(summary.BytesInAll, summary.BytesRead);
        var document = await File.ReadAllTextAsync(Path.Combine(Samples, "..", source == "commerce" ? "d365.md" : "csv.md"), TestContext.Current.CancellationToken);
        Assert.Contains($"| `{source}` | {accepted} | {rejected} | {skipped} |", document, StringComparison.Ordinal);

        var again = await import.RunWithLines(Sample(file), lines is null ? null : Sample(lines), source, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((0, accepted, rejected), (again.Accepted, again.Duplicates, again.Rejected));
    }

    protected override async Task Begin() => _ingest = await RunningIngest.Start(
        Database, new ConfigurationBuilder().AddJsonFile(Sample("sources.json")).Build().AsEnumerable().Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value));

    protected override async Task End() => await _ingest.DisposeAsync();

    private static string Sample(string file) => Path.Combine(Samples, file);

    private static string Here([CallerFilePath] string here = "") => here;
}

public sealed class When_a_sample_of_a_flat_file_is_imported_on_PostgreSql : When_a_sample_of_a_flat_file_is_imported
{
    protected override bool OnPostgres => true;
}

public sealed class When_a_sample_of_a_flat_file_is_imported_on_Sqlite : When_a_sample_of_a_flat_file_is_imported
{
    protected override bool OnPostgres => false;
}
