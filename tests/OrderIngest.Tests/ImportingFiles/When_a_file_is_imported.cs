using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.ImportingFiles;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.ImportingFiles;

public abstract class When_a_file_is_imported : OnEitherDatabase
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"order-ingest-{Guid.NewGuid():N}.csv");
    private RunningIngest _ingest = null!;

    private OrderFileImport Import => _ingest.Services.GetRequiredService<OrderFileImport>();

    [Fact]
    public async Task Every_row_is_accounted_for_and_a_second_time_changes_nothing()
    {
        var orders = Enumerable.Range(0, 250).Select(n => Submitted.Order($"{n}")).ToList();
        orders.Add(Submitted.Order("7"));
        orders.Add(Submitted.Order("8", price: 1));
        orders.Add(Submitted.Order("bad") with { Currency = "ABC" });
        await File.WriteAllTextAsync(_file, $"\uFEFF{FlatFile.With("\r\n", [.. orders])}nonsense\r\n");
        var seen = new List<ImportProgress>();
        var summary = await Import.Run(_file, "POS", new Sink(seen), batchSize: 100, TestContext.Current.CancellationToken);
        Assert.Equal((250, 1, 1, 2, 3, 254), (summary.Accepted, summary.Duplicates, summary.Conflicts, summary.Rejected, summary.RejectedRows, summary.Rows));
        Assert.Equal(3, seen.Count);
        Assert.Equal(summary.BytesInAll, summary.BytesRead);
        Assert.Equal(new(250, 0, 250, 3, 3, 1), await Eventually.Becomes(() => Import.CountJournal(), counts => counts.Unpublished == 0));
        await Eventually.Becomes(() => Task.FromResult(_ingest.Received.Ids.Count), count => count == 250);

        var again = await Import.Run(_file, "pos", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((0, 251, 1, 2), (again.Accepted, again.Duplicates, again.Conflicts, again.Rejected));
        Assert.Equal(new(250, 0, 250, 3, 3, 1), await Import.CountJournal());
        var kept = await _ingest.Rejected("pos");
        Assert.Contains(kept, input => input.Faults.Any(fault => fault.At == "row 254, currency") && input is { FirstRow: 254, Times: 2 } && input.File == Path.GetFileName(_file));
        Assert.Contains(kept, input => input.Faults is [{ At: "row 255" }]);
    }

    [Fact]
    public async Task It_may_hold_one_json_order_per_line()
    {
        await File.WriteAllTextAsync(_file, $"{Submitted.Json(Submitted.Order("1"))}\n{{}}\n{Submitted.Json(Submitted.Order("2"))}\n");
        var summary = await Import.Run(_file, "web", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((2, 1), (summary.Accepted, summary.Rejected));
    }

    [Fact]
    public async Task A_file_without_its_columns_is_refused_whole()
    {
        await File.WriteAllTextAsync(_file, "a,b\n1,2\n", Encoding.UTF8);
        var exception = await Assert.ThrowsAsync<ImportFailedException>(() => Import.Run(_file, "pos"));
        Assert.Contains("row 1, store_id is missing", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<ImportFailedException>(() => Import.Run(_file, "nobody"));
        Assert.Contains("nobody", exception.Message, StringComparison.Ordinal);
    }

    protected override async Task Begin() => _ingest = await RunningIngest.Start(Database);

    protected override async Task End()
    {
        await _ingest.DisposeAsync();
        File.Delete(_file);
    }

    private sealed class Sink(List<ImportProgress> seen) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => seen.Add(value);
    }
}

public sealed class When_a_file_is_imported_on_PostgreSql : When_a_file_is_imported
{
    protected override bool OnPostgres => true;
}

public sealed class When_a_file_is_imported_on_Sqlite : When_a_file_is_imported
{
    protected override bool OnPostgres => false;
}
