using MessageExamples;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIngest.JournalingOrders;
using RealServers;

namespace OrderIngest.Tests.JournalingOrders;

public sealed class When_several_instances_relay : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private IHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_share_the_work_and_a_crash_gives_it_back_at_once()
    {
        // Two connections are two instances: the database tells them apart by nothing else.
        var (first, second) = (_host.Services.GetRequiredService<IJournal>(), _host.Services.GetRequiredService<IJournal>());
        await first.Add([.. Enumerable.Range(0, 4).Select(n => JournalEntry.Of(An.Order($"{n}"), An.Noon))], Token);

        using var crash = new CancellationTokenSource();
        var claimed = new TaskCompletionSource<List<Guid>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var crashing = first.Relay(2, TimeSpan.FromMinutes(1), async (orders, token) =>
        {
            claimed.SetResult([.. orders.Select(order => order.OrderId)]);
            await new TaskCompletionSource().Task.WaitAsync(token);
            return [];
        }, crash.Token);
        var ofFirst = await claimed.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);

        var ofSecond = new List<Guid>();
        Assert.Equal(new(2, 2), await Relay(second, ofSecond));
        Assert.Empty(ofFirst.Intersect(ofSecond));
        Assert.Equal(default, await Relay(second, []));

        await crash.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => crashing);
        var again = new List<Guid>();
        Assert.Equal(new(2, 2), await Relay(second, again));
        Assert.Equal(ofFirst.Order(), again.Order());
    }

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Database:ConnectionString"] = _database.ConnectionString });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddJournal();
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _database.DisposeAsync();
    }

    private static Task<RelayedBatch> Relay(IJournal journal, List<Guid> claimed) => journal.Relay(9, TimeSpan.FromMinutes(1), (orders, _) =>
    {
        claimed.AddRange(orders.Select(order => order.OrderId));
        return Task.FromResult<IReadOnlyCollection<Guid>>(claimed);
    }, Token);
}
