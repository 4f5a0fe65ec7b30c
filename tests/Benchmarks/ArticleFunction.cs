using System.Diagnostics;
using System.Net.Http.Json;

namespace Benchmarks;

/// <summary>
/// The function of the article: one message after the other; asks the loyalty provider who holds the card, then posts the tracking event. No journal, no
/// ledger, no retry, and here not even a broker that hands it the messages: faster than it would be.
/// </summary>
internal sealed class ArticleFunction : IAsyncDisposable
{
    private readonly LoyaltyProviderStandIn.RunningStandIn _loyalty;
    private readonly ProfileStoreStandIn.RunningStandIn _profileStore;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private int _done;

    private ArticleFunction(LoyaltyProviderStandIn.RunningStandIn loyalty, ProfileStoreStandIn.RunningStandIn profileStore)
    {
        (_loyalty, _profileStore) = (loyalty, profileStore);
        _http.DefaultRequestHeaders.Add("X-Api-Key", loyalty.Options.ApiKey);
        _http.DefaultRequestHeaders.Authorization = new("epi-single", "stand-in");
    }

    public static async Task<ArticleFunction> Start() => new(
        await LoyaltyProviderStandIn.RunningStandIn.Start(new() { KnowEveryCard = true }), await ProfileStoreStandIn.RunningStandIn.Start(new() { KeepEvents = 0 }));

    public async Task Delay(TimeSpan delay)
    {
        await _loyalty.PutFault(new() { Delay = delay });
        await _profileStore.Misbehave(new() { Delay = delay });
    }

    public async Task<Throughput> Pass(int orders, CancellationToken cancellationToken)
    {
        var before = ProcessorTimes.Read();
        var watch = Stopwatch.StartNew();
        for (var order = 0; order < orders; order++)
            await Handle($"{_done++}", cancellationToken);
        return new(orders, watch.Elapsed, ProcessorTimes.Read() - before);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _loyalty.DisposeAsync();
        await _profileStore.DisposeAsync();
    }

    private async Task Handle(string receipt, CancellationToken cancellationToken)
    {
        var member = await _http.GetFromJsonAsync<Member>(new Uri(_loyalty.BaseAddress, $"customers/29{receipt.PadLeft(10, '0')}"), cancellationToken);
        using var answer = await _http.PostAsJsonAsync(new Uri(_profileStore.Address, "api/v1.0/Track"), new
        {
            deviceId = member!.Email,
            eventType = "StorePurchase",
            value = $"Bought 2 items in store S012, receipt {receipt}",
            scope = "default",
            trackId = Guid.NewGuid(),
            user = new { name = member.Name, email = member.Email },
            payload = new { receipt, total = 38.16m, currency = "EUR" },
        }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private sealed record Member(string Email, string Name);
}
