using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.ReceivingOrders;

/// <summary>Packing and formats of a batch; what becomes of its orders is the same on both databases.</summary>
public sealed class When_a_packed_batch_is_posted : IAsyncLifetime
{
    private const string Training = "<Transaction TrainingModeFlag=\"true\"><RetailStoreID>1</RetailStoreID></Transaction>";

    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity")]
    [InlineData(null)]
    public async Task It_is_unpacked(string? encoding)
    {
        var (status, answer) = await Post(Packed(Lines(20), encoding), "application/x-ndjson", encoding);
        Assert.Equal((HttpStatusCode.OK, 20), (status, answer.GetProperty("accepted").GetInt32()));
        (status, answer) = await Post(Packed(FlatFile.Of(Submitted.Order("1"), Submitted.Order("x")), encoding), "text/csv", encoding);
        Assert.Equal((HttpStatusCode.OK, 1, 1), (status, answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicates").GetInt32()));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    public async Task Another_packing_is_refused_with_the_right_ones(string encoding)
    {
        using var response = await Send(Encoding.UTF8.GetBytes(Lines(1)), "application/x-ndjson", encoding);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("gzip, br, deflate", string.Join(", ", response.Headers.GetValues("Accept-Encoding")));
        Assert.Contains("gzip, br, deflate", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_cut_body_is_refused_and_its_whole_orders_are_kept(string encoding)
    {
        var packed = Packed(Lines(2000), encoding);
        var (status, answer) = await Post(packed[..(packed.Length * 2 / 3)], "application/x-ndjson", encoding);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("The body is damaged", answer.GetProperty("title").GetString());
        var taken = answer.GetProperty("taken").GetProperty("accepted").GetInt32();
        Assert.InRange(taken, 1, 1999);
        Assert.Equal(taken, (await _ingest.Journal.Count(default)).Accepted);
        (status, answer) = await Post(packed, "application/x-ndjson", encoding);
        Assert.Equal((HttpStatusCode.OK, 2000 - taken, taken), (status, answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicates").GetInt32()));
    }

    [Fact]
    public async Task The_last_order_of_a_cut_flat_file_is_not_taken()
    {
        // The cut is behind a row: nothing in the text says that the second row of the last order is missing.
        var order = Submitted.Order("b");
        order = order with { Lines = [order.Lines[0], order.Lines[0] with { Number = 2 }] };
        var text = FlatFile.Of(Submitted.Order("a"), order);
        var rows = text.Split('\n');
        var (status, answer) = await Post(Flushed(string.Join('\n', rows[..3]) + "\n"), "text/csv", "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((1, 1), (answer.GetProperty("taken").GetProperty("accepted").GetInt32(), answer.GetProperty("taken").GetProperty("rejected").GetInt32()));
        Assert.Contains("before the cut", answer.GetProperty("taken").GetProperty("lines")[0].GetRawText(), StringComparison.Ordinal);
        (_, answer) = await Post(Packed(text, "gzip"), "text/csv", "gzip");
        Assert.Equal((1, 1), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicates").GetInt32()));
    }

    [Fact]
    public async Task A_bomb_is_refused_at_the_limit()
    {
        // 2 GiB of blanks are 2 MiB packed; the limit here is 8 MiB.
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Lines(1) + "\n"));
            var blanks = new byte[1024 * 1024];
            Array.Fill(blanks, (byte)' ');
            foreach (var _ in Enumerable.Range(0, 2048))
                gzip.Write(blanks);
        }
        var (status, answer) = await Post(packed.ToArray(), "application/x-ndjson", "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("OrderIngest:MaxBatchBytes", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, answer.GetProperty("taken").GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData("application/xml", null, Training, 1)]
    [InlineData("text/xml; charset=utf-8", null, $"<POSLog>{Training}{Training}</POSLog>", 2)]
    [InlineData("application/xml", "poslog", $"<POSLog>{Training}</POSLog>", 1)]
    public async Task POSLog_is_read_as_XML(string type, string? format, string body, int skipped)
    {
        var (status, answer) = await Post(Encoding.UTF8.GetBytes(body), type, null, format);
        Assert.Equal((HttpStatusCode.OK, skipped), (status, answer.GetProperty("skipped").GetInt32()));
    }

    [Fact]
    public async Task JSON_is_the_sources_own_unless_another_is_asked_for()
    {
        const string Document = """{"orders":[{"id":1,"test":true}]}""";
        // What Shopify's reader says of it is its own business: that it was Shopify's reader shows in where the fault is.
        var (_, own) = await Post(Encoding.UTF8.GetBytes(Document), "application/json", null, null, "shop");
        var (_, ours) = await Post(Encoding.UTF8.GetBytes(Document), "application/json", null, "json", "shop");
        Assert.Equal(1, ours.GetProperty("rejected").GetInt32());
        Assert.Contains("$.storeId", ours.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("$.storeId", own.GetRawText(), StringComparison.Ordinal);
        var (_, asked) = await Post(Encoding.UTF8.GetBytes(Document), "application/json", null, "Shopify", "pos");
        Assert.Equal(own.GetRawText(), asked.GetRawText());
    }

    [Theory]
    [InlineData("application/octet-stream", null, HttpStatusCode.UnsupportedMediaType, "application/x-ndjson")]
    [InlineData("text/csv", "poslog", HttpStatusCode.UnsupportedMediaType, "poslog as application/xml")]
    [InlineData("application/json", "csv", HttpStatusCode.UnsupportedMediaType, "csv as text/csv")]
    [InlineData("application/json", "2", HttpStatusCode.BadRequest, "shopify")]
    [InlineData("application/json", "edifact", HttpStatusCode.BadRequest, "shopify")]
    public async Task What_does_not_fit_is_refused_with_what_would(string type, string? format, HttpStatusCode expected, string says)
    {
        var (status, answer) = await Post("{}"u8.ToArray(), type, null, format);
        Assert.Equal(expected, status);
        Assert.Contains(says, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => _ingest = await RunningIngest.Start(
        _database.ConnectionString, new() { ["OrderIngest:MaxBatchBytes"] = $"{8 * 1024 * 1024}", ["OrderIngest:Sources:shop:Format"] = "shopify" });

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static string Lines(int orders) => string.Join('\n', Enumerable.Range(0, orders).Select(n => Submitted.Json(Submitted.Order($"{n}"))));

    private static byte[] Packed(string text, string? encoding)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest),
            _ => packed,
        })
            stream.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>All of the text, and then the packed stream ends without its end.</summary>
    private static byte[] Flushed(string text)
    {
        using var packed = new MemoryStream();
        using var gzip = new GZipStream(packed, CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
        gzip.Flush();
        return packed.ToArray();
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> Post(byte[] body, string type, string? encoding, string? format = null, string source = "pos")
    {
        using var response = await Send(body, type, encoding, format, source);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task<HttpResponseMessage> Send(byte[] body, string type, string? encoding, string? format = null, string source = "pos")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/orders/batch?source={source}{(format is null ? "" : $"&format={format}")}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await _ingest.Http.SendAsync(request);
    }
}
