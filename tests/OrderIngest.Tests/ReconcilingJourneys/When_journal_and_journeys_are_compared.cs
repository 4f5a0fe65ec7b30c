using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.ReconcilingJourneys;
using OrderIngest.Tests.ReadingOrders;
using RealServers;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.Tests.ReconcilingJourneys;

public abstract class When_journal_and_journeys_are_compared : OnEitherDatabase
{
    private JourneysStub _journeys = null!;
    private RunningIngest _ingest = null!;

    [Fact]
    public async Task A_known_order_is_acknowledged_and_an_unknown_one_published_again()
    {
        // Nobody is asked before it is said who knows what: on a busy machine the second order takes longer than an acknowledgement may.
        _journeys.Away = true;
        var known = await Post("1");
        var lost = await Post("2");
        // The second order's journey begins only when its event came a second time.
        (_journeys.Knows, _journeys.Away) = (id => id == known || id == lost && Times(lost) > 1, false);
        await Eventually.Becomes(async () => (await _ingest.Journal.Count(default)).Unacknowledged, waiting => waiting == 0);
        await Eventually.Becomes(async () => (await _ingest.Journal.Find(lost, default))!.AcknowledgedAt, at => at is not null);
        Assert.Equal(1, Times(known));
        Assert.True(Times(lost) > 1);
        Assert.Equal("journeys-key", _journeys.Key);
    }

    [Fact]
    public async Task It_says_when_journeys_cannot_be_asked_and_goes_on_when_they_can()
    {
        _journeys.Away = true;
        var order = await Post("1");
        await Eventually.Becomes(Says, says => says.Contains("503", StringComparison.Ordinal));
        Assert.Equal(1, Times(order));
        (_journeys.Away, _journeys.Knows) = (false, _ => true);
        await Eventually.Becomes(async () => (await _ingest.Journal.Find(order, default))!.AcknowledgedAt, at => at is not null);
        await Eventually.Becomes(Says, says => says == "journal and journeys are compared");
    }

    [Fact]
    public async Task What_was_acknowledged_is_compared_again_when_somebody_says_since_when_journeys_are_lost()
    {
        _journeys.Knows = _ => true;
        var older = await Acknowledged("1");
        var since = TimeProvider.System.GetUtcNow();
        var (kept, lost) = (await Acknowledged("2"), await Acknowledged("3"));
        _journeys.Knows = id => id == kept || Times(id) > 1;

        var recall = new AcknowledgementRecall(_ingest.Services.GetRequiredKeyedService<ServiceDatabase>(OrderIngestService.Name), TimeProvider.System);
        Assert.Equal((2, TimeSpan.FromMilliseconds(0.2)), await recall.Run(since, null, 10_000, default));

        await Eventually.Becomes(() => Task.FromResult(Times(lost)), times => times == 2);
        await Eventually.Becomes(async () => (await _ingest.Journal.Count(default)).Unacknowledged, waiting => waiting == 0);
        Assert.Equal((1, 1, 2), (Times(older), Times(kept), Times(lost)));
        Assert.Equal(0, (await recall.Run(since - TimeSpan.FromDays(2), since - TimeSpan.FromDays(1), 10_000, default)).Orders);
    }

    protected override async Task Begin()
    {
        _journeys = await JourneysStub.Start();
        _ingest = await RunningIngest.Start(Database, new()
        {
            ["OrderIngest:Journeys:BaseAddress"] = _journeys.Address,
            ["OrderIngest:Journeys:ApiKey"] = "journeys-key",
            ["OrderIngest:AcknowledgeWithin"] = "00:00:00.3",
            ["OrderIngest:ReconcileEvery"] = "00:00:00.1",
        });
    }

    protected override async Task End()
    {
        await _ingest.DisposeAsync();
        await _journeys.DisposeAsync();
    }

    private int Times(Guid order) => _ingest.Received.All.Count(received => received.Event.OrderId == order);

    private async Task<string> Says() => (await _ingest.Health()).GetProperty("checks").GetProperty("journeys").GetProperty("says").GetString()!;

    private async Task<Guid> Acknowledged(string receipt)
    {
        var order = await Post(receipt);
        await Eventually.Becomes(async () => (await _ingest.Journal.Find(order, default))!.AcknowledgedAt, at => at is not null);
        return order;
    }

    private async Task<Guid> Post(string receipt)
    {
        using var response = await _ingest.Post(Submitted.Json(Submitted.Order(receipt)));
        var id = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("orderId").GetGuid();
        await Eventually.Holds(() => Task.FromResult(_ingest.Received.Ids.Contains(id)));
        return id;
    }
}

public sealed class When_journal_and_journeys_are_compared_on_PostgreSql : When_journal_and_journeys_are_compared
{
    protected override bool OnPostgres => true;
}

public sealed class When_journal_and_journeys_are_compared_on_Sqlite : When_journal_and_journeys_are_compared
{
    protected override bool OnPostgres => false;
}
