using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RunningSystem;

namespace FaultLab.OfferingOrders;

/// <summary>Tills that offer orders at a rate, whoever is up or down, each request again and again until it is answered.</summary>
internal sealed class OrderLoad(ServiceProcess ingest, int seed, int rate)
{
    private const int Tills = 16;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(8), Pause = TimeSpan.FromMilliseconds(200);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentDictionary<string, Sale> _accepted = new();
    private readonly Channel<Offer> _offers = Channel.CreateUnbounded<Offer>();
    private readonly ConcurrentBag<string> _unexpected = [];
    private int _requests, _conflicts, _refused, _unanswered;

    /// <summary>Sales that OrderIngest said it had accepted, by receipt number.</summary>
    public IReadOnlyDictionary<string, Sale> Accepted => _accepted;

    /// <summary>Answers that no till should get.</summary>
    public IReadOnlyCollection<string> UnexpectedAnswers => _unexpected;

    /// <summary>What was answered, in words.</summary>
    public string Summary => $"{_requests} requests; of their attempts {_conflicts} were answered 409 (changed content), {_refused} 503, {_unanswered} not at all";

    /// <summary>Offers until told to stop, then returns when everything that was offered is answered.</summary>
    public async Task Run(CancellationToken stopOffering, CancellationToken abort)
    {
        var tills = Task.WhenAll(Enumerable.Range(0, Tills).Select(_ => Till(abort)));
        await OfferAtRate(stopOffering);
        _offers.Writer.Complete();
        await tills;
    }

    private async Task OfferAtRate(CancellationToken stopOffering)
    {
        var (deck, offered, began) = (new OfferDeck(seed), 0, TimeProvider.System.GetTimestamp());
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await ticks.WaitForNextTickAsync(stopOffering))
            {
                for (var due = rate * TimeProvider.System.GetElapsedTime(began).TotalSeconds; offered < due;)
                {
                    var offer = deck.Next();
                    offered += offer.Sales.Count;
                    _offers.Writer.TryWrite(offer);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task Till(CancellationToken abort)
    {
        await foreach (var offer in _offers.Reader.ReadAllAsync(abort))
        {
            Interlocked.Increment(ref _requests);
            while (!await Answered(offer, abort))
                await Task.Delay(Pause, TimeProvider.System, abort);
            foreach (var sale in offer.Sales)
                _accepted.TryAdd(sale.Receipt, sale);
        }
    }

    /// <summary>True when every sale of the offer is accepted, now or before.</summary>
    private async Task<bool> Answered(Offer offer, CancellationToken abort)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(abort);
        patience.CancelAfter(AnswerWithin);
        try
        {
            using var content = offer.Batch
                ? new StringContent(string.Concat(offer.Sales.Select(sale => JsonSerializer.Serialize(sale.Order(false), Json) + "\n")), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"))
                : (HttpContent)JsonContent.Create(offer.Sales[0].Order(offer.Changed));
            using var answer = await ingest.Http.PostAsync(new Uri(offer.Batch ? "/orders/batch" : "/orders", UriKind.Relative), content, patience.Token);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.Accepted:
                    return true;
                case HttpStatusCode.Conflict:
                    Interlocked.Increment(ref _conflicts);
                    return true;
                case HttpStatusCode.OK when offer.Batch:
                    var counts = await answer.Content.ReadFromJsonAsync<BatchCounts>(Json, patience.Token);
                    return counts!.Rejected == 0 && counts.Accepted + counts.Duplicates + counts.Conflicts == offer.Sales.Count || Unexpected($"a batch of {offer.Sales.Count}: {counts}");
                case HttpStatusCode.ServiceUnavailable:
                    Interlocked.Increment(ref _refused);
                    return false;
                default:
                    return Unexpected($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(patience.Token)}");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !abort.IsCancellationRequested)
        {
            // Not running, or no answer in time: it may have been accepted all the same, and is offered again.
            Interlocked.Increment(ref _unanswered);
            return false;
        }
    }

    private bool Unexpected(string answer)
    {
        _unexpected.Add(answer);
        return false;
    }

    private sealed record BatchCounts(long Accepted, long Duplicates, long Conflicts, long Rejected);
}
