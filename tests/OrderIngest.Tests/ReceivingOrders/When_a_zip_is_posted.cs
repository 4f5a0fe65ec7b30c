using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using OrderIngest.ReadingFlatFiles;

namespace OrderIngest.Tests.ReceivingOrders;

/// <summary>A zip inside of a batch may become any number of bytes: they count like those of the batch itself.</summary>
public sealed class When_a_zip_is_posted : IAsyncLifetime
{
    private const string Orders = "id,store_id,order_number,occurred_at,currency,total_gross\n1,S1,A1,2026-11-20T12:00:00Z,EUR,5\n";
    private const string Lines = "order_id,sku,line_total\n1,SHIRT,5\n";

    // The limit is 1 MiB.
    private const int TooMuch = 1_100_000;

    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;

    [Fact]
    public async Task It_is_taken_within_the_limit()
    {
        var (status, answer) = await Post("shop", ("orders.csv", Orders), ("lines.csv", Lines));
        Assert.Equal((HttpStatusCode.OK, 1), (status, answer.GetProperty("accepted").GetInt32()));
    }

    // Rows without a row, one endless row, and rows to keep.
    [Theory]
    [InlineData("\n")]
    [InlineData("x")]
    [InlineData("1,SHIRT,5\n")]
    public async Task It_is_refused_when_more_comes_out_of_it(string text)
    {
        var lines = Lines + string.Concat(Enumerable.Repeat(text, TooMuch / text.Length));
        var (status, answer) = await Post("shop", ("orders.csv", Orders), ("lines.csv", lines));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("OrderIngest:MaxBatchBytes", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, answer.GetProperty("taken").GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Its_files_are_counted_together()
    {
        var half = new string('\n', TooMuch / 2);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post("shop", ("orders.csv", Orders + half), ("lines.csv", Lines + half))).Status);
    }

    [Fact]
    public async Task Rows_that_are_kept_until_both_files_are_read_count_with_what_is_kept_beside_them()
    {
        // 2 bytes a row in the body, 27 where they are kept.
        var body = Orders + Lines + string.Concat(Enumerable.Repeat("1\n", 60_000));
        using var response = await _ingest.Post(body, "/orders/batch?source=shop", "text/csv");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_single_file_inside_of_it_is_taken_up_to_there()
    {
        const string header = "Store,Terminal,TransactionId,ReceiptId,TransDate,TransTime,BusinessDate,Type,EntryStatus,Currency,GrossAmount,LineNum,ItemId,Qty,Price,NetAmount,NetAmountInclTax,TransactionStatus\n";
        var rows = string.Concat(Enumerable.Range(0, 15_000).Select(n => $"052,T2,{n},R{n},2026-11-20,61920,2026-11-20,2,0,USD,-21.40,1,81301,-2,10.70,-20.00,-21.40,0\n"));
        var (status, answer) = await Post("erp", ("joined.csv", header + rows));
        var taken = answer.GetProperty("taken").GetProperty("accepted").GetInt32();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.InRange(taken, 1, 14_000);
        Assert.Equal(taken, (await _ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task Rows_are_not_kept_where_there_is_no_room_for_them()
    {
        await using var rows = new JoinedRows(memory: 100, reserve: long.MaxValue);
        rows.Add(new(1, 1, 1, 0, 0, new byte[50]));
        var exception = Assert.Throws<TooMuchUnpackedException>(() => rows.Add(new(1, 2, 1, 50, 0, new byte[50])));
        Assert.Contains("temporary files", exception.Message, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => _ingest = await RunningIngest.Start(_database.ConnectionString, new()
    {
        ["OrderIngest:MaxBatchBytes"] = "1048576",
        ["OrderIngest:Sources:shop:Rows:OrderId"] = "id",
        ["OrderIngest:Sources:shop:Rows:LineOrderId"] = "order_id",
        ["OrderIngest:Sources:erp:Format"] = "d365",
        ["OrderIngest:Sources:erp:TimeZone"] = "America/Chicago",
    });

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> Post(string source, params (string Name, string Text)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        using var response = await _ingest.Post(zip.ToArray(), $"/orders/batch?source={source}", "text/csv");
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
