using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.Tests.ReadingOrders;
using OrderIngest.Tests.RepairingRejectedInput;

namespace OrderIngest.Tests.WatchingStores;

public sealed class When_an_operator_repairs_orders : OnRejectedInput
{
    protected override bool OnPostgres => false;

    [Fact]
    public async Task Their_store_counts_as_silent_all_the_same()
    {
        await Import("a.csv", FlatFile.Of(Submitted.Order("1") with { StoreId = "repaired", OccurredAt = LocalTime }));
        await Restart(WithZone);
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { } });
        Assert.Equal(1, report.Number("accepted"));
        Assert.Equal("", Measured.Now(Ingest.Services.GetRequiredService<IMeterFactory>(), "order_ingest.store"));
    }
}
