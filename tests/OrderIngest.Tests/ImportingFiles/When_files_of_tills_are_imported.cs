using Microsoft.Extensions.DependencyInjection;
using OrderIngest.ImportingFiles;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.ImportingFiles;

/// <summary>The shipped samples, with the settings and counts that docs/formats states.</summary>
public abstract class When_files_of_tills_are_imported : OnEitherDatabase
{
    private RunningIngest _ingest = null!;

    [Theory]
    [InlineData("json", "orders.ndjson", 6, 2, 0)]
    [InlineData("poslog", "poslog.xml", 10, 2, 5)]
    [InlineData("shopify", "shopify.ndjson", 7, 2, 5)]
    [InlineData("square", "square.ndjson", 7, 2, 4)]
    [InlineData("lightspeed", "lightspeed.ndjson", 8, 1, 5)]
    public async Task Every_transaction_is_accounted_for_and_a_second_time_changes_nothing(string source, string file, int orders, int rejected, int skipped)
    {
        var import = _ingest.Services.GetRequiredService<OrderFileImport>();
        var summary = await import.Run(ShippedSample.PathOf(file), source, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((orders, 0, 0, rejected, skipped), (summary.Accepted, summary.Duplicates, summary.Conflicts, summary.Rejected, summary.Skipped));
        Assert.Equal(summary.BytesInAll, summary.BytesRead);
        summary = await import.Run(ShippedSample.PathOf(file), source, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((0, orders, 0, rejected, skipped), (summary.Accepted, summary.Duplicates, summary.Conflicts, summary.Rejected, summary.Skipped));
        Assert.Equal(rejected, (await _ingest.Rejected(source)).Count);
    }

    protected override async Task Begin() => _ingest = await RunningIngest.Start(Database, new()
    {
        ["OrderIngest:Sources:json:Format"] = "json",
        ["OrderIngest:Sources:json:TimeZone"] = "Europe/Berlin",
        ["OrderIngest:Sources:poslog:Format"] = "poslog",
        ["OrderIngest:Sources:poslog:TimeZone"] = "Europe/Stockholm",
        ["OrderIngest:Sources:shopify:Format"] = "shopify",
        ["OrderIngest:Sources:square:Format"] = "square",
        ["OrderIngest:Sources:square:TimeZone"] = "Europe/Stockholm",
        ["OrderIngest:Sources:lightspeed:Format"] = "lightspeed",
        ["OrderIngest:Sources:lightspeed:TimeZone"] = "Europe/Stockholm",
        ["OrderIngest:Sources:lightspeed:Currency"] = "SEK",
    });

    protected override Task End() => _ingest.DisposeAsync().AsTask();
}

public sealed class When_files_of_tills_are_imported_on_PostgreSql : When_files_of_tills_are_imported
{
    protected override bool OnPostgres => true;
}

public sealed class When_files_of_tills_are_imported_on_Sqlite : When_files_of_tills_are_imported
{
    protected override bool OnPostgres => false;
}
