using System.Net;
using System.Text;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.ReceivingOrders;

public abstract class When_a_batch_is_posted : OnEitherDatabase
{
    private RunningIngest _ingest = null!;

    [Fact]
    public async Task Each_line_is_judged_alone()
    {
        string[] lines =
        [
            Submitted.Json(Submitted.Order("1")), "", "{ torn", Submitted.Json(Submitted.Order("1")), Submitted.Json(Submitted.Order("1", price: 1)),
            Submitted.Json(Submitted.Order("2") with { Currency = "ABC", Kind = "gift" }), Submitted.Json(Submitted.Order("3")),
        ];
        var answer = await Post(string.Join("\r\n", lines), "application/x-ndjson");
        Assert.Equal((2, 1, 1, 2), Counts(answer));
        Assert.Equal(
            [(3, "invalid", "$"), (5, "changed-after-acceptance", ""), (6, "invalid", "$.kind,$.currency")],
            answer.GetProperty("lines").EnumerateArray().Select(line => (
                line.GetProperty("line").GetInt32(), line.GetProperty("reason").GetString(), string.Join(',', line.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("at").GetString())))));
        Assert.Equal(3, (await _ingest.Journal.Count(default)).RejectedInputs);
        await Eventually.Becomes(() => Task.FromResult(_ingest.Received.Ids.Count), count => count == 2);
    }

    [Fact]
    public async Task A_line_that_is_too_large_costs_only_itself()
    {
        var answer = await Post($"{Submitted.Json(Submitted.Order("1"))}\n{new string('x', 3_000_000)}\n{Submitted.Json(Submitted.Order("2"))}", "application/x-ndjson");
        Assert.Equal((2, 0, 0, 1), Counts(answer));
        Assert.Equal(2, answer.GetProperty("lines")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task It_may_be_a_flat_file()
    {
        var answer = await Post(FlatFile.With("\r\n", Submitted.Order("1"), Submitted.Order("2") with { Currency = "ABC" }, Submitted.Order("3")), "text/csv");
        Assert.Equal((2, 0, 0, 1), Counts(answer));
        using var response = await _ingest.Post("sku\n1", "/orders/batch?source=pos", "text/csv");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("row 1, store_id", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_are_in_the_journal_before_the_last_has_been_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders/batch?source=pos")
        {
            Content = new Trickle(async stream =>
            {
                foreach (var n in Enumerable.Range(0, 1500))
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(Submitted.Json(Submitted.Order($"{n}")) + "\n"));
                await stream.FlushAsync();
                await Eventually.Becomes(async () => (await _ingest.Journal.Count(default)).Accepted, accepted => accepted >= 500);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(Submitted.Json(Submitted.Order("last"))));
            }),
        };
        using var response = await _ingest.Http.SendAsync(request);
        Assert.Equal((1501, 0, 0, 0), Counts(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement));
    }

    protected override async Task Begin() => _ingest = await RunningIngest.Start(Database);

    protected override async Task End() => await _ingest.DisposeAsync();

    private async Task<JsonElement> Post(string body, string type)
    {
        using var response = await _ingest.Post(body, "/orders/batch?source=pos", type);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private static (int, int, int, int) Counts(JsonElement answer) => (
        answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicates").GetInt32(), answer.GetProperty("conflicts").GetInt32(), answer.GetProperty("rejected").GetInt32());

    private sealed class Trickle : HttpContent
    {
        private readonly Func<Stream, Task> _write;

        public Trickle(Func<Stream, Task> write)
        {
            _write = write;
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

public sealed class When_a_batch_is_posted_on_PostgreSql : When_a_batch_is_posted
{
    protected override bool OnPostgres => true;
}

public sealed class When_a_batch_is_posted_on_Sqlite : When_a_batch_is_posted
{
    protected override bool OnPostgres => false;
}
