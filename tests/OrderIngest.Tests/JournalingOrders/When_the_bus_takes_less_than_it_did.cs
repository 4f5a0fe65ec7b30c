using System.Text;
using MessageExamples;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIngest.JournalingOrders;

namespace OrderIngest.Tests.JournalingOrders;

/// <summary>An order was accepted that can no longer be published. It stays where it is, and others pass it by.</summary>
public abstract class When_the_bus_takes_less_than_it_did : OnEitherDatabase
{
    private const int Takes = 131_072, ForHeaders = 65_536;

    private readonly ManualTime _time = new();
    private IHost? _host;

    private IJournal Journal => _host!.Services.GetRequiredService<IJournal>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_event_waits_is_counted_and_holds_up_nobody()
    {
        var line = An.Order("1").Lines[0];
        var large = JournalEntry.Of(An.Order("large") with { Lines = [.. Enumerable.Range(1, 600).Select(number => line with { Number = number, Description = new('ä', 60) })] }, _time.GetUtcNow());
        var small = JournalEntry.Of(An.Order("small"), _time.GetUtcNow());
        // Fewer characters than bytes: it is bytes that count.
        Assert.True(Encoding.UTF8.GetByteCount(large.Body) > Takes - ForHeaders, $"{large.Body.Length} characters");
        await Journal.Add([large, small], Token);
        var published = new List<Guid>();

        await Journal.Relay(9, TimeSpan.FromMinutes(1), (orders, _) =>
        {
            published.AddRange(orders.Select(order => order.OrderId));
            return Task.FromResult<IReadOnlyCollection<Guid>>([.. orders.Select(order => order.OrderId)]);
        }, Token);

        Assert.Equal([small.OrderId], published);
        Assert.Equal(1, await Journal.TooLargeToPublish(Token));
        Assert.NotNull(await Journal.OldestUnpublished(Token));
    }

    protected override async Task Begin()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Database:ConnectionString"] = Database, ["Bus:MaxMessageBytes"] = $"{Takes}" });
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
}

public sealed class When_the_bus_takes_less_than_it_did_on_PostgreSql : When_the_bus_takes_less_than_it_did
{
    protected override bool OnPostgres => true;
}

public sealed class When_the_bus_takes_less_than_it_did_on_Sqlite : When_the_bus_takes_less_than_it_did
{
    protected override bool OnPostgres => false;
}
