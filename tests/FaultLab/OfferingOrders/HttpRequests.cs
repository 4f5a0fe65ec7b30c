using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RunningSystem;

namespace FaultLab.OfferingOrders;

/// <summary>A sale, or a batch, per request. Accepted when it is answered so.</summary>
internal sealed class HttpRequests(ServiceProcess ingest) : IWayIn
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(8);

    private readonly ConcurrentBag<string> _unexpected = [];
    private int _answered, _conflicts, _refused, _unanswered;

    /// <summary>Answers that no till should get.</summary>
    public IReadOnlyCollection<string> UnexpectedAnswers => _unexpected;

    public string Summary => $"{_answered} requests; of their attempts {_conflicts} were answered 409 (changed content), {_refused} 503, {_unanswered} not at all";

    public async Task<bool> Take(Offer offer, CancellationToken abort)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(abort);
        patience.CancelAfter(AnswerWithin);
        try
        {
            using var content = offer.Batch
                ? new StringContent(offer.Lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"))
                : (HttpContent)JsonContent.Create(offer.Sales[0].Order(offer.Changed));
            using var answer = await ingest.Http.PostAsync(new Uri(offer.Batch ? "/orders/batch" : "/orders", UriKind.Relative), content, patience.Token);
            if (!await IsAccepted(offer, answer, patience.Token))
                return false;
            Interlocked.Increment(ref _answered);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !abort.IsCancellationRequested)
        {
            // Not running, or no answer in time: it may have been accepted all the same, and is offered again.
            Interlocked.Increment(ref _unanswered);
            return false;
        }
    }

    private async Task<bool> IsAccepted(Offer offer, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Accepted:
                return true;
            case HttpStatusCode.Conflict:
                Interlocked.Increment(ref _conflicts);
                return true;
            case HttpStatusCode.OK when offer.Batch:
                var counts = await answer.Content.ReadFromJsonAsync<BatchCounts>(JsonSerializerOptions.Web, cancellationToken);
                return counts!.Rejected == 0 && counts.Accepted + counts.Duplicates + counts.Conflicts == offer.Sales.Count || Unexpected($"a batch of {offer.Sales.Count}: {counts}");
            case HttpStatusCode.ServiceUnavailable:
                Interlocked.Increment(ref _refused);
                return false;
            default:
                return Unexpected($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private bool Unexpected(string answer)
    {
        _unexpected.Add(answer);
        return false;
    }

    private sealed record BatchCounts(long Accepted, long Duplicates, long Conflicts, long Rejected);
}
