using System.Diagnostics;
using System.Net.Http.Json;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>Ctrl+C while the profile store is away and orders are held for it.</summary>
public sealed class When_the_quickstart_is_interrupted
{
    [Fact]
    public async Task It_ends_within_seconds()
    {
        using var quickstart = Process.Start(new ProcessStartInfo("dotnet", [ServiceProcess.Program("Quickstart"), "--port", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            quickstart.ErrorDataReceived += (_, _) => { };
            quickstart.BeginErrorReadLine();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            Uri? address = null;
            while (await quickstart.StandardOutput.ReadLineAsync(patience.Token) is { } line && !line.Contains(" accepted = ", StringComparison.Ordinal))
            {
                if (line.StartsWith("http://", StringComparison.Ordinal))
                    address ??= new Uri(new Uri(line.Split(' ')[0]).GetLeftPart(UriPartial.Authority));
            }
            _ = quickstart.StandardOutput.ReadToEndAsync(patience.Token);

            using var http = new HttpClient { BaseAddress = address };
            (await http.PutAsJsonAsync("/stand-ins/profile-store/stand-in/faults", new { status = 503 }, patience.Token)).EnsureSuccessStatusCode();
            for (var receipt = 0; receipt < 100; receipt++)
                (await http.PostAsJsonAsync("/orders", Order(receipt), patience.Token)).EnsureSuccessStatusCode();
            await Eventually.Holds(async () => (await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), patience.Token)).Contains("503", StringComparison.Ordinal));

            using (var interrupt = Process.Start("kill", ["-INT", $"{quickstart.Id}"]))
                await interrupt.WaitForExitAsync(patience.Token);
            await quickstart.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        }
        finally
        {
            if (!quickstart.HasExited)
                quickstart.Kill();
        }
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
