using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.ImportingFiles;
using OrderIngest.ReceivingOrders;
using OrderIngest.Tests.ReadingOrders;
using OrderIngest.WatchingStores;

namespace OrderIngest.Tests.WatchingStores;

public sealed class When_stores_send_orders : OnEitherDatabase
{
    private readonly ManualTime _time = new();

    protected override bool OnPostgres => false;

    [Fact]
    public async Task It_shows_when_each_was_last_heard_of_whatever_the_way_in()
    {
        await using var ingest = await RunningIngest.Start(Database);
        var before = DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds));
        using (var one = await ingest.Post(Submitted.Json(Submitted.Order("1") with { StoreId = "posted" })))
            Assert.Equal(HttpStatusCode.Accepted, one.StatusCode);
        using (var batch = await ingest.Post(Encoding.UTF8.GetBytes(FlatFile.Of(Submitted.Order("2") with { StoreId = "batch-a" }, Submitted.Order("3") with { StoreId = "batch-b" })), "/orders/batch?source=pos", "text/csv"))
            Assert.Equal(HttpStatusCode.OK, batch.StatusCode);
        await ingest.Services.GetRequiredService<QueuedOrder>().Receive(Encoding.UTF8.GetBytes(Submitted.Json(Submitted.Order("6") with { StoreId = "queued" })), "pos", TestContext.Current.CancellationToken);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, FlatFile.Of(Submitted.Order("4") with { StoreId = "imported" }, Submitted.Order("5") with { StoreId = "rejected", Currency = "EUROS" }), TestContext.Current.CancellationToken);
        await ingest.Services.GetRequiredService<OrderFileImport>().Run(file, "pos");
        File.Delete(file);

        var shown = Read(ingest.Services).Split(' ').Select(series => series.Split('=')).ToDictionary(series => series[0], series => double.Parse(series[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["batch-a", "batch-b", "imported", "posted", "queued"], shown.Keys.Select(key => key["order_ingest.store.last_order{pos,".Length..^1]));
        Assert.All(shown.Values, time => Assert.InRange(time, before.ToUnixTimeSeconds(), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1));
    }

    [Fact]
    public void It_forgets_those_that_were_silent_for_longest_when_there_are_too_many()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var stores = new LastOrders(services.GetRequiredService<IMeterFactory>(), _time, most: 2);
        foreach (var store in new[] { "first", "second", "first", "third" })
        {
            stores.Note("pos", store);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        var noon = An.Noon.ToUnixTimeSeconds();
        Assert.Equal($"order_ingest.store.last_order{{pos,first}}={noon + 2} order_ingest.store.last_order{{pos,third}}={noon + 3}", Read(services));
    }

    private static string Read(IServiceProvider services) => Measured.Now(services.GetRequiredService<IMeterFactory>(), "order_ingest.store");
}
