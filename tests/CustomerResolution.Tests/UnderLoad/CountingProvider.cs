using System.Globalization;
using System.Net;
using System.Text;
using MessageExamples;

namespace CustomerResolution.Tests.UnderLoad;

/// <summary>Takes so many requests in a window of time and refuses the rest with 429, in the words of one of the styles there are.</summary>
internal sealed class CountingProvider(CountingProvider.Style style, int limit, TimeSpan window)
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private DateTimeOffset _windowEnds = DateTimeOffset.MinValue;
    private int _taken;
    private int _underWay;

    public enum Style
    {
        Silent,
        RetryAfterInSeconds,
        RetryAfterAsDate,
        RateLimit,
        RateLimitCombined,
        XRateLimitEpoch,
        XDashRateLimitSeconds,
    }

    public ManualTime Time { get; set; } = new();

    /// <summary>Requests that have come and are not answered yet.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    public async Task<HttpResponseMessage> Answer(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await Task.Delay(Latency, Time, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
        lock (_lock)
        {
            var now = Time.GetUtcNow();
            if (now >= _windowEnds)
                (_windowEnds, _taken) = (now + window, 0);
            var refused = _taken >= limit;
            if (refused)
                Refused++;
            else
                (Accepted, _taken) = (Accepted + 1, _taken + 1);
            var response = refused
                ? new HttpResponseMessage(HttpStatusCode.TooManyRequests)
                : new(HttpStatusCode.OK) { Content = new StringContent("""{"customerId":"M-1","email":"pat@shop.example"}""", Encoding.UTF8, "application/json") };
            foreach (var (name, value) in Headers(refused, limit - _taken, _windowEnds, (long)Math.Ceiling((_windowEnds - now).TotalSeconds)))
                response.Headers.TryAddWithoutValidation(name, value);
            return response;
        }
    }

    private IEnumerable<(string Name, string Value)> Headers(bool refused, int remaining, DateTimeOffset ends, long seconds) => style switch
    {
        Style.RetryAfterInSeconds when refused => [("Retry-After", $"{seconds}")],
        Style.RetryAfterAsDate when refused => [("Retry-After", ends.AddSeconds(1).ToString("R", CultureInfo.InvariantCulture))],
        Style.RateLimit => [("RateLimit-Limit", $"{limit}"), ("RateLimit-Remaining", $"{remaining}"), ("RateLimit-Reset", $"{seconds}")],
        Style.RateLimitCombined => [("RateLimit-Policy", $"\"default\";q={limit};w={window.TotalSeconds:0}"), ("RateLimit", $"\"default\";r={remaining};t={seconds}")],
        Style.XRateLimitEpoch => [("X-RateLimit-Remaining", $"{remaining}"), ("X-RateLimit-Reset", $"{(long)Math.Ceiling(ends.ToUnixTimeMilliseconds() / 1000d)}")],
        Style.XDashRateLimitSeconds => [("X-Rate-Limit-Remaining", $"{remaining}"), ("X-Rate-Limit-Reset", $"{seconds}")],
        _ => [],
    };
}
