using System.Collections.Concurrent;
using System.Net;
using System.Text;
using MessageExamples;

namespace CustomerResolution.Tests.UnderLoad;

/// <summary>
/// Away for an hour of a clock that stands still: 20 minutes without a connection, 20 of errors, 20 of errors that ask for two minutes of rest. Then it
/// knows everybody. Below HTTP, so that no request takes time that the clock does not show.
/// </summary>
internal sealed class AwayProvider(ManualTime time) : HttpMessageHandler
{
    public static TimeSpan Outage { get; } = TimeSpan.FromHours(1);

    /// <summary>When each request came, counted from the start.</summary>
    public ConcurrentQueue<TimeSpan> Requests { get; } = new();

    /// <summary>The most requests within one second, of those in a span of time.</summary>
    public int Busiest(TimeSpan from, TimeSpan to) =>
        Requests.Where(at => at >= from && at < to).GroupBy(at => (long)at.TotalSeconds).Select(second => second.Count()).DefaultIfEmpty().Max();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow() - An.Noon;
        Requests.Enqueue(at);
        if (at < Outage / 3)
            throw new HttpRequestException("no connection");
        var response = new HttpResponseMessage(at < Outage ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        if (at < Outage && at >= Outage / 3 * 2)
            response.Headers.RetryAfter = new(TimeSpan.FromMinutes(2));
        if (at >= Outage)
            response.Content = new StringContent("""{"customerId":"M-1","email":"pat@shop.example"}""", Encoding.UTF8, "application/json");
        return Task.FromResult(response);
    }
}
