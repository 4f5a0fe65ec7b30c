using System.Net;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;
using OrderIngest.Tests.RepairingRejectedInput;

namespace OrderIngest.Tests.ReceivingOrders;

/// <summary>A source may send flat files of another format than the configured one; what is kept of them is read as what it was.</summary>
public sealed class When_a_batch_names_its_format : IAsyncLifetime
{
    private const string Commerce =
        "Store,Terminal,TransactionId,ReceiptId,TransDate,TransTime,BusinessDate,Type,EntryStatus,Currency,GrossAmount,LineNum,ItemId,Qty,Price,NetAmount,NetAmountInclTax,TransactionStatus\n"
        + "052,T2,1001,R1001,2026-11-20,61920,2026-11-20,2,0,USD,-21.40,1,81301,-2,10.70,-20.00,-21.40,0\n";

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["OrderIngest:Sources:pos:TimeZone"] = "America/Chicago",
        ["OrderIngest:Sources:erp:Format"] = "d365",
        ["OrderIngest:Sources:erp:TimeZone"] = "America/Chicago",
    };

    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;

    [Theory]
    [InlineData("pos")]
    [InlineData("erp")]
    public async Task It_is_read_as_d365(string source) => Assert.Equal((HttpStatusCode.OK, 1, 0), await Post(Commerce, source, "d365"));

    [Theory]
    [InlineData("pos")]
    [InlineData("erp")]
    public async Task It_is_read_as_our_own_flat_file(string source) => Assert.Equal((HttpStatusCode.OK, 1, 0), await Post(FlatFile.Of(Submitted.Order("1")), source, "csv"));

    [Fact]
    public async Task What_is_kept_of_it_is_read_as_what_it_was_also_when_the_source_is_configured_anew()
    {
        Assert.Equal((HttpStatusCode.OK, 0, 1), await Post(Commerce.Replace("USD", "DOLLARS", StringComparison.Ordinal), "erp", "d365"));
        await _ingest.DisposeAsync();
        _ingest = await RunningIngest.Start(_database.ConnectionString, new(Settings) { ["OrderIngest:Sources:erp:Format"] = "csv" });
        var kept = Assert.Single(await _ingest.Rejected());
        var (status, report) = await _ingest.Ask("/rejected/preview", new { ids = new[] { kept.Id } });
        Assert.Equal((HttpStatusCode.OK, 1), (status, report.Number("rejected")));
        (status, var result) = await _ingest.Ask($"/rejected/{kept.Id}/resubmit", Commerce, "text/csv");
        Assert.Equal((HttpStatusCode.Accepted, "accepted"), (status, result.Text("outcome")));
    }

    public async ValueTask InitializeAsync() => _ingest = await RunningIngest.Start(_database.ConnectionString, Settings);

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, int Accepted, int Rejected)> Post(string body, string source, string format)
    {
        using var response = await _ingest.Post(body, $"/orders/batch?source={source}&format={format}", "text/csv");
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return (response.StatusCode, answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32());
    }
}
