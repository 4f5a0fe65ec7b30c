using System.Text.Json;
using Microsoft.Extensions.Options;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.ReconcilingJourneys;

/// <summary>Asks OrderJourney which orders it knows.</summary>
internal sealed class JourneysClient(HttpClient http, IOptions<OrderIngestOptions> options)
{
    /// <summary>The known ones among the asked ones, or what went wrong in words.</summary>
    public async Task<(HashSet<Guid>? Known, string? Problem)> Known(IReadOnlyList<Guid> orderIds, CancellationToken cancellationToken)
    {
        var journeys = options.Value.Journeys;
        try
        {
            // Written by hand: a base address may carry a path, with or without a slash at its end.
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{journeys.BaseAddress!.AbsoluteUri.TrimEnd('/')}/journeys/known");
            request.Content = JsonContent.Create(new { orderIds });
            if (!string.IsNullOrEmpty(journeys.ApiKey))
                request.Headers.Add(ApiKeys.Header, journeys.ApiKey);
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                return (null, $"it answers {(int)response.StatusCode}");
            var answer = await response.Content.ReadFromJsonAsync<Answer>(cancellationToken);
            return answer?.Known is { } known ? ([.. known.Intersect(orderIds)], null) : (null, "its answer has no list of known orders");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or NotSupportedException || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, exception is OperationCanceledException ? "it does not answer in time" : exception.GetBaseException().GetType().Name);
        }
    }

    private sealed record Answer(IReadOnlyList<Guid>? Known);
}
