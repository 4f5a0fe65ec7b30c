using Contracts.OrderIngest;
using MessageExamples;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;
using OrderIngest.RepairingRejectedInput;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.Tests.JournalingOrders;

/// <summary>What a journal must do, on whatever database.</summary>
public abstract class When_orders_are_journaled : OnEitherDatabase
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualTime _time = new();
    private IHost? _host;

    private IJournal Journal => _host!.Services.GetRequiredService<IJournal>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_accepts_a_sale_once()
    {
        var entry = Entry("1");
        Assert.Equal([JournalAnswer.Accepted], await Journal.Add([entry], Token));
        Assert.Equal([JournalAnswer.Duplicate], await Journal.Add([entry], Token));
        Assert.Equal([JournalAnswer.Conflict], await Journal.Add([Entry("1", gross: 1)], Token));
        Assert.Equal(1, (await Journal.Count(Token)).Accepted);
    }

    [Fact]
    public async Task It_compares_within_a_batch()
    {
        var answers = await Journal.Add([Entry("1"), Entry("2"), Entry("1"), Entry("1", gross: 1), Entry("2", gross: 2)], Token);
        Assert.Equal([JournalAnswer.Accepted, JournalAnswer.Accepted, JournalAnswer.Duplicate, JournalAnswer.Conflict, JournalAnswer.Conflict], answers);
        answers = await Journal.Add([Entry("2"), Entry("1", gross: 1), Entry("3"), Entry("1")], Token);
        Assert.Equal([JournalAnswer.Duplicate, JournalAnswer.Conflict, JournalAnswer.Accepted, JournalAnswer.Duplicate], answers);
        // The second of two that differ is compared with what the journal holds, not with the first of its batch.
        answers = await Journal.Add([Entry("1", gross: 1), Entry("1", gross: 1)], Token);
        Assert.Equal([JournalAnswer.Conflict, JournalAnswer.Conflict], answers);
    }

    [Fact]
    public async Task It_accepts_each_sale_once_from_many_writers()
    {
        var entries = Enumerable.Range(0, 50).Select(n => Entry($"{n}")).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Journal.Add([.. entries.OrderBy(entry => (entry.OrderId.GetHashCode() ^ writer * 7919) % 97)], Token)));
        Assert.Equal(50, answers.SelectMany(all => all).Count(answer => answer == JournalAnswer.Accepted));
        Assert.Equal(350, answers.SelectMany(all => all).Count(answer => answer == JournalAnswer.Duplicate));
    }

    [Fact]
    public async Task It_gives_back_what_was_written()
    {
        var entry = Entry("1") with { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        await Journal.Add([entry], Token);
        var order = await Journal.Find(entry.OrderId, Token);
        Assert.Equal(new JournaledOrder(entry.OrderId, "pos-north", entry.Body, _time.GetUtcNow(), null, null, entry.TraceParent), order);
        Assert.Null(await Journal.Find(Guid.NewGuid(), Token));
    }

    [Fact]
    public async Task It_relays_the_oldest_first_and_marks_only_what_was_confirmed()
    {
        foreach (var n in Enumerable.Range(1, 5))
            await Journal.Add([Entry($"{n}")], Token);
        var claimed = new List<Guid>();
        Assert.Equal(new(3, 2), await Relay(3, orders =>
        {
            claimed.AddRange(orders.Select(order => order.OrderId));
            return [orders[0].OrderId, orders[2].OrderId];
        }));
        Assert.Equal([Entry("1").OrderId, Entry("2").OrderId, Entry("3").OrderId], claimed);
        claimed.Clear();
        Assert.Equal(new(3, 3), await Relay(9, orders =>
        {
            claimed.AddRange(orders.Select(order => order.OrderId));
            return claimed;
        }));
        Assert.Equal([Entry("2").OrderId, Entry("4").OrderId, Entry("5").OrderId], claimed);
        Assert.Equal(default, await Relay(9, _ => throw new InvalidOperationException("nothing is left")));
        Assert.Null(await Journal.OldestUnpublished(Token));
    }

    [Fact]
    public async Task It_tells_the_age_of_the_oldest_that_waits()
    {
        await Journal.Add([Entry("1")], Token);
        var then = _time.GetUtcNow();
        _time.Advance(Minute);
        await Journal.Add([Entry("2")], Token);
        Assert.Equal(then, await Journal.OldestUnpublished(Token));
    }

    [Fact]
    public async Task It_asks_for_journeys_only_when_they_are_overdue_and_less_often_each_time()
    {
        await Journal.Add([Entry("1"), Entry("2")], Token);
        await Relay(9, All);
        _time.Advance(Minute - TimeSpan.FromSeconds(1));
        Assert.Empty(await Journal.Unacknowledged(9, Token));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, (await Journal.Unacknowledged(9, Token)).Count);
        await Journal.Acknowledge([Entry("1").OrderId], [Entry("2").OrderId], Token);
        Assert.Empty(await Journal.Unacknowledged(9, Token));
        Assert.NotNull((await Journal.Find(Entry("1").OrderId, Token))!.AcknowledgedAt);
        Assert.Null((await Journal.Find(Entry("2").OrderId, Token))!.PublishedAt);

        Assert.Equal(new(1, 1), await Relay(9, All));
        _time.Advance(Minute * 2 - TimeSpan.FromSeconds(1));
        Assert.Empty(await Journal.Unacknowledged(9, Token));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([Entry("2").OrderId], await Journal.Unacknowledged(9, Token));
    }

    [Fact]
    public async Task It_does_not_take_back_what_another_instance_published_again()
    {
        await Journal.Add([Entry("1")], Token);
        await Relay(9, All);
        _time.Advance(Minute * 2);
        await Journal.Acknowledge([], [Entry("1").OrderId], Token);
        await Relay(9, All);
        await Journal.Acknowledge([], [Entry("1").OrderId], Token);
        Assert.NotNull((await Journal.Find(Entry("1").OrderId, Token))!.PublishedAt);
    }

    [Fact]
    public async Task It_keeps_rejected_input_with_its_bytes_once()
    {
        byte[] raw = [0, 255, 10, 34];
        var input = new RejectedInput
        {
            Source = "pos-north",
            Origin = "import a.csv",
            Format = InputFormat.Csv,
            Reason = RejectionReason.Invalid,
            Faults = [new("row 2, sku", "is required"), new("row 3", "is odd")],
            Raw = raw,
            FirstRow = 2,
            Rows = 2,
            ReceivedAt = _time.GetUtcNow(),
        };
        await Journal.Keep([input, input], Token);
        _time.Advance(Minute);
        await Journal.Keep([input with { ReceivedAt = _time.GetUtcNow() }, input with { Source = "other", OrderId = Entry("1").OrderId, Reason = RejectionReason.ChangedAfterAcceptance }], Token);
        var entries = await Rejected(null);
        Assert.Equal(2, entries.Count);
        var entry = Assert.Single(await Rejected("pos-north"));
        Assert.Equal((3, 2, 2, "invalid", _time.GetUtcNow() - Minute, _time.GetUtcNow()), (entry.Times, entry.FirstRow, entry.Rows, entry.Reason, entry.FirstReceivedAt, entry.LastReceivedAt));
        Assert.Equal([new("row 2, sku", "is required"), new("row 3", "is odd")], entry.Faults);
        Assert.Equal(new(0, 0, 0, 2, 4, 1), await Journal.Count(Token));
    }

    protected override async Task Begin()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Database:ConnectionString"] = Database });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddJournal();
        _host = builder.Build();
        await _host.StartAsync();
    }

    protected override async Task End()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }

    private Task<IReadOnlyList<RejectedEntry>> Rejected(string? source) =>
        new RejectedInputs(new(_host!.Services.GetRequiredKeyedService<ServiceDatabase>(OrderIngestService.Name))).List(new() { Source = source }, null, 9, oldestFirst: false, Token);

    private Task<RelayedBatch> Relay(int most, Func<IReadOnlyList<UnpublishedOrder>, IReadOnlyCollection<Guid>> publish) =>
        Journal.Relay(most, Minute, (orders, _) => Task.FromResult(publish(orders)), Token);

    private static IReadOnlyCollection<Guid> All(IReadOnlyList<UnpublishedOrder> orders) => [.. orders.Select(order => order.OrderId)];

    private JournalEntry Entry(string receipt, decimal gross = 38.16m) =>
        JournalEntry.Of(An.Order(receipt) with { Totals = new OrderTotals { Gross = gross } }, _time.GetUtcNow());
}

public sealed class When_orders_are_journaled_on_PostgreSql : When_orders_are_journaled
{
    protected override bool OnPostgres => true;
}

public sealed class When_orders_are_journaled_on_Sqlite : When_orders_are_journaled
{
    protected override bool OnPostgres => false;
}
