using System.Diagnostics;
using System.Net.Http.Json;
using RealServers;

namespace EndToEnd.Tests;

/// <summary>Ctrl+C while the profile store is away and orders are held for it.</summary>
public sealed class When_the_quickstart_is_interrupted
{
    [Fact]
    public async Task It_ends_within_seconds()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var quickstart = await RunningQuickstart.Start(patience.Token);
        using var http = new HttpClient { BaseAddress = quickstart.Address };
        (await http.PutAsJsonAsync("/stand-ins/profile-store/stand-in/faults", new { status = 503 }, patience.Token)).EnsureSuccessStatusCode();
        for (var receipt = 0; receipt < 100; receipt++)
            (await http.PostAsJsonAsync("/orders", Order(receipt), patience.Token)).EnsureSuccessStatusCode();
        await Eventually.Holds(async () => (await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), patience.Token)).Contains("503", StringComparison.Ordinal));

        using (var interrupt = Process.Start("kill", ["-INT", $"{quickstart.Process.Id}"]))
            await interrupt.WaitForExitAsync(patience.Token);
        await quickstart.Process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
    }

    private static object Order(int receipt) => new
    {
        source = "sample-pos",
        storeId = "S012",
        registerId = "2",
        receiptNumber = $"interrupted-{receipt}",
        businessDate = "2026-11-20",
        kind = "sale",
        occurredAt = "2026-11-20T17:12:00+01:00",
        currency = "EUR",
        customer = new { email = "pat@shop.example" },
        lines = new[] { new { number = 1, sku = "SHIRT-M-BLUE", quantity = 2, unitPrice = 19.95m, total = 39.90m } },
        totals = new { gross = 39.90m },
    };
}
