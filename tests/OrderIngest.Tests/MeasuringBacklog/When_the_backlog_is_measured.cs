using System.Diagnostics.Metrics;
using MessageExamples;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIngest.JournalingOrders;
using OrderIngest.MeasuringBacklog;

namespace OrderIngest.Tests.MeasuringBacklog;

/// <summary>What operators see of the journal, on either database.</summary>
public abstract class When_the_backlog_is_measured : OnEitherDatabase
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private IHost? _host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IJournal Journal => _host!.Services.GetRequiredService<IJournal>();

    [Fact]
    public async Task It_tells_the_age_and_number_of_what_waits_for_the_broker()
    {
        await Prepare();
        Assert.Equal("order_ingest.relay.lag=0 order_ingest.relay.waiting=0", await Count("order_ingest.relay"));
        await Journal.Add([Entry("1"), Entry("2")], Token);
        _time.Advance(Minute * 1.5);
        Assert.Equal("order_ingest.relay.lag=90 order_ingest.relay.waiting=2", await Count("order_ingest.relay"));
        await Publish();
        Assert.Equal("order_ingest.relay.lag=0 order_ingest.relay.waiting=0", await Count("order_ingest.relay"));
    }

    [Fact]
    public async Task It_tells_how_many_published_orders_no_journey_knows_of_until_one_does()
    {
        await Prepare();
        await Journal.Add([Entry("1"), Entry("2"), Entry("3")], Token);
        await Publish();
        Assert.Equal("order_ingest.journey.missing=0", await Count("order_ingest.journey"));
        _time.Advance(Minute * 1.1);
        Assert.Equal("order_ingest.journey.missing=3", await Count("order_ingest.journey"));
        // One is known; another goes back to be published again, and is published: it is missing all the while.
        await Journal.Acknowledge([Entry("1").OrderId], [Entry("2").OrderId], Token);
        Assert.Equal("order_ingest.journey.missing=2", await Count("order_ingest.journey"));
        await Publish();
        Assert.Equal("order_ingest.journey.missing=2", await Count("order_ingest.journey"));
        await Journal.Acknowledge([Entry("2").OrderId, Entry("3").OrderId], [], Token);
        Assert.Equal("order_ingest.journey.missing=0", await Count("order_ingest.journey"));
    }

    [Fact]
    public async Task It_says_nothing_of_journeys_where_nobody_asks_about_them()
    {
        await Prepare(journeys: null);
        Assert.Equal("order_ingest.relay.lag=0 order_ingest.relay.waiting=0", await Count("order_ingest."));
    }

    [Fact]
    public async Task It_says_nothing_while_it_is_not_known()
    {
        await Prepare();
        await Count("order_ingest.");
        _host!.Services.GetRequiredService<BacklogMetrics>().Unknown();
        Assert.Equal("", Read("order_ingest."));
    }

    protected override async Task End()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }

    private async Task Prepare(string? journeys = "http://order-journey:8080")
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Database:ConnectionString"] = Database, ["OrderIngest:Journeys:BaseAddress"] = journeys });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddJournal();
        builder.Services.AddSingleton<BacklogMetrics>();
        builder.Services.AddSingleton<BacklogCount>();
        _host = builder.Build();
        await _host.StartAsync();
    }

    private async Task<string> Count(string metrics)
    {
        await _host!.Services.GetRequiredService<BacklogCount>().Count(Token);
        return Read(metrics);
    }

    private string Read(string metrics) => Measured.Now(_host!.Services.GetRequiredService<IMeterFactory>(), metrics);

    private Task<RelayedBatch> Publish() => Journal.Relay(9, Minute, (orders, _) => Task.FromResult<IReadOnlyCollection<Guid>>([.. orders.Select(order => order.OrderId)]), Token);

    private JournalEntry Entry(string receipt) => JournalEntry.Of(An.Order(receipt), _time.GetUtcNow());
}

public sealed class When_the_backlog_is_measured_on_PostgreSql : When_the_backlog_is_measured
{
    protected override bool OnPostgres => true;
}

public sealed class When_the_backlog_is_measured_on_Sqlite : When_the_backlog_is_measured
{
    protected override bool OnPostgres => false;
}
