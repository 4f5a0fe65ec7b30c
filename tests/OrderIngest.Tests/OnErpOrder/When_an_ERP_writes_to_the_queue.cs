using System.Text;
using MassTransit;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.OnErpOrder;

public abstract class When_an_ERP_writes_to_the_queue : OnEitherDatabase
{
    private readonly AcknowledgedMessages _acknowledged = new();
    private TestBroker _broker = null!;
    private RunningIngest _ingest = null!;
    private ErpQueue _queue = null!;

    [Fact]
    public async Task Each_order_is_taken_whatever_the_message_says_about_itself()
    {
        var named = Submitted.Node(Submitted.Order("named in the body"));
        named["source"] = "POS";
        await _queue.Write(Submitted.Json(Submitted.Order("with a content type")));
        await _queue.Write(Submitted.Json(Submitted.Order("without one")), contentType: null);
        await _queue.Write(Submitted.Json(Submitted.Order("with a wrong one")), contentType: "application/vnd.masstransit+json");
        await _queue.Write(Submitted.Json(Submitted.Order("with nonsense for one")), contentType: ";;");
        await _queue.Write($"\uFEFF{Submitted.Json(Submitted.Order("with a mark"))}");
        await _queue.Write(named.ToJsonString(), source: null);
        await Accepted(6);
        await Eventually.Becomes(() => Task.FromResult(_ingest.Received.Ids.Count), count => count == 6);
        Assert.Equal(0, (await _ingest.Journal.Count(default)).RejectedInputs);
        Assert.All(_ingest.Received.All, received => Assert.Equal("pos", received.Event.Order.Source));
    }

    [Fact]
    public async Task What_is_no_order_is_kept_with_its_bytes_and_acknowledged()
    {
        byte[] garbage = [0xFF, 0x00, 0xC3, 0x28, (byte)'{'];
        var large = Encoding.UTF8.GetBytes($"{{\"note\":\"{new string('x', 2 * 1024 * 1024)}\"}}");
        await _queue.Write(garbage);
        await _queue.Write([]);
        await _queue.Write($"[{Submitted.Json(Submitted.Order("in a list"))}]");
        await _queue.Write(large);
        await _queue.Write(Submitted.Json(Submitted.Order("2") with { Currency = "ABC" }));
        await _queue.Write(Submitted.Json(Submitted.Order("3")), source: "nobody");
        await _queue.Write(Submitted.Json(Submitted.Order("4")), source: null);
        await _queue.Write("null", source: null, contentType: "text/plain");
        await _queue.Write(Submitted.Json(Submitted.Order("good")));

        await Accepted(1);
        await Eventually.Becomes(async () => (await _ingest.Journal.Count(default)).RejectedInputs, count => count == 8);
        var kept = await _ingest.Rejected();
        Assert.All(kept, input => Assert.Equal(("erp-orders", 1), (input.Origin, input.Times)));
        Assert.Equal(
            new[] { "", "", "", "pos", "pos", "pos", "pos", "pos" }, kept.Select(input => input.Source).Order(StringComparer.Ordinal));
        string[] faults = ["must be a JSON object", "is larger than 1048576 bytes", "$.currency", "header source", "$.source", "is not valid JSON"];
        Assert.All(faults, fault => Assert.Contains(kept, input => input.Faults.Any(one => $"{one.At} {one.Says}".Contains(fault, StringComparison.Ordinal))));
        Assert.Equal(new[] { 0, 5, large.Length }, (await RawLengths()).Where(length => length is 0 or 5 || length > 100_000).Order());
        await NothingLeft();
    }

    [Fact]
    public async Task A_message_that_comes_twice_has_no_second_effect_and_a_changed_one_is_a_conflict()
    {
        foreach (var _ in Enumerable.Range(0, 3))
            await _queue.Write(Submitted.Json(Submitted.Order("1")));
        await _queue.Write(Submitted.Json(Submitted.Order("1", price: 1)));
        var kept = await Eventually.Becomes(() => _ingest.Rejected("pos"), kept => kept.Count == 1);
        Assert.Equal("changed-after-acceptance", kept[0].Reason);
        await NothingLeft();
        Assert.Equal(1, (await _ingest.Journal.Count(default)).Accepted);
    }

    [Fact]
    public async Task Many_are_written_in_batches()
    {
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(n => _queue.Write(Submitted.Json(Submitted.Order($"{n % 1000}")))));
        await Accepted(1000);
        await NothingLeft();
        Assert.Equal(1000, (await _ingest.Journal.Count(default)).Accepted);
    }

    /// <summary>The rights that docs/ways-in.md gives to an ERP.</summary>
    [Fact]
    public async Task A_user_who_may_do_nothing_but_write_orders_can_do_just_that()
    {
        var connection = await _broker.ConnectionStringOf(configure: "^$", write: "^erp-orders$", read: "^$");
        await using (var erp = await ErpQueue.Open(connection))
            await erp.Write(Submitted.Json(Submitted.Order("1")));
        await Accepted(1);
        await using (var erp = await ErpQueue.Open(connection))
            await Assert.ThrowsAnyAsync<RabbitMQ.Client.Exceptions.RabbitMQClientException>(() => erp.Write("{}"u8.ToArray(), exchange: "orders"));
        await using (var erp = await ErpQueue.Open(connection))
            await Assert.ThrowsAnyAsync<RabbitMQ.Client.Exceptions.RabbitMQClientException>(() => erp.Read("order-journey"));
    }

    [Fact]
    public async Task What_was_written_while_nobody_listened_is_taken_later()
    {
        await _ingest.DisposeAsync();
        await _queue.Write(Submitted.Json(Submitted.Order("1")));
        await Eventually.Becomes(() => _queue.Waiting(), waiting => waiting == 1);
        _ingest = await Start();
        await Accepted(1);
    }

    protected override async Task Begin()
    {
        _broker = await TestBroker.Create();
        _ingest = await Start();
        // Made with the declared topology, before the first message.
        await Eventually.Holds(async () => (await _broker.Queues()).TryGetValue("erp-orders", out var queue) && queue is { Type: "quorum", Durable: true }
            // The queue is made first, then the exchange that is written to, then what joins them.
            && (await _broker.Bindings()).Any(binding => (binding.Source, binding.Destination) == ("erp-orders", "erp-orders")));
        _queue = await ErpQueue.Open(_broker);
        await Eventually.Holds(async () => (await _ingest.Health()).GetProperty("checks").GetProperty("bus").GetProperty("status").GetString() == "Healthy");
    }

    protected override async Task End()
    {
        await _queue.DisposeAsync();
        await _ingest.DisposeAsync();
        await _broker.DisposeAsync();
    }

    private Task<RunningIngest> Start() =>
        RunningIngest.Start(
            Database, new() { ["Bus:Transport"] = "RabbitMq", ["Bus:ConnectionString"] = _broker.ConnectionString }, subscribe: bus => bus.AddReceiveObserver(_ => _acknowledged));

    private Task<long> Accepted(int orders) => Eventually.Becomes(async () => (await _ingest.Journal.Count(default)).Accepted, accepted => accepted == orders);

    /// <summary>Each message was acknowledged at its first delivery, and not moved to where nobody looks.</summary>
    private async Task NothingLeft()
    {
        await Eventually.Becomes(() => Task.FromResult(_acknowledged.Count), count => count == _queue.Written, what: "Acknowledged messages");
        // Stopping gives back what was not acknowledged.
        await _ingest.DisposeAsync();
        Assert.Equal(0u, await _queue.Waiting());
        Assert.DoesNotContain((await _broker.Exchanges()), name => name.EndsWith("_error", StringComparison.Ordinal) || name.EndsWith("_skipped", StringComparison.Ordinal));
        _ingest = await Start();
    }

    private Task<IReadOnlyList<int>> RawLengths() => RawInput.Lengths(_ingest);
}

public sealed class When_an_ERP_writes_to_the_queue_on_PostgreSql : When_an_ERP_writes_to_the_queue
{
    protected override bool OnPostgres => true;
}

public sealed class When_an_ERP_writes_to_the_queue_on_Sqlite : When_an_ERP_writes_to_the_queue
{
    protected override bool OnPostgres => false;
}
