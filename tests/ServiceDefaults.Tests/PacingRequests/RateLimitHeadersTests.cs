using MessageExamples;
using ServiceDefaults.PacingRequests;

namespace ServiceDefaults.Tests.PacingRequests;

public sealed class RateLimitHeadersTests
{
    // An.Noon is 1795176000 seconds after 1970.
    public static TheoryData<string, double?, long?, double?> Headers => new()
    {
        { "", null, null, null },
        { "Retry-After: 120", 120, null, null },
        { "Retry-After: 0", 0, null, null },
        { "Retry-After: 1.5", 1.5, null, null },
        { "Retry-After: Fri, 20 Nov 2026 12:00:30 GMT", 30, null, null },
        { "Retry-After: Fri, 20 Nov 2026 11:00:00 GMT", 0, null, null },
        { "Retry-After: soon", null, null, null },
        { "Retry-After: -5", 0, null, null },
        { "Retry-After: 99999999", 86400, null, null },
        { "RateLimit-Remaining: 0|RateLimit-Reset: 30", null, 0, 30 },
        { "ratelimit-remaining: 17|ratelimit-reset: 4", null, 17, 4 },
        { "RateLimit: limit=100, remaining=3, reset=12", null, 3, 12 },
        { "RateLimit: \"default\";r=50;t=30", null, 50, 30 },
        { "RateLimit: \"burst\";r=0;t=2, \"daily\";r=900;t=3600", null, 0, 2 },
        { "RateLimit: \"burst\";r=0;t=2, \"daily\";r=0;t=3600", null, 0, 3600 },
        { "RateLimit: \"burst\";r=8;t=2, \"daily\";r=900;t=3600", null, 8, 2 },
        { "RateLimit: \"default\";t=30", null, null, null },
        { "X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1795176042", null, 0, 42 },
        { "X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1795176042000", null, 0, 42 },
        { "X-RateLimit-Remaining: 0|X-RateLimit-Reset: 42", null, 0, 42 },
        { "X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1795175000", null, 0, 0 },
        { "X-RateLimit-Remaining: 0|X-RateLimit-Reset: 2026-11-20T12:00:42Z", null, 0, 42 },
        { "X-Rate-Limit-Remaining: 5|X-Rate-Limit-Reset: 1795176001", null, 5, 1 },
        { "X-Rate-Limit-Remaining: 5", null, 5, null },
        { "X-RateLimit-Remaining: 5, 900", null, 5, null },
        { "X-RateLimit-Remaining: many|X-RateLimit-Reset: never", null, null, null },
        { "X-RateLimit-Remaining: 1e99|X-RateLimit-Reset: NaN", null, null, null },
        { "Retry-After: 9|X-RateLimit-Remaining: 0|X-RateLimit-Reset: 42", 9, 0, 42 },
    };

    [Theory, MemberData(nameof(Headers))]
    public void Read_understands(string headers, double? retryAfter, long? remaining, double? resetAfter)
    {
        using var response = new HttpResponseMessage();
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split(':', 2)))
            Assert.True(response.Headers.TryAddWithoutValidation(header[0], header[1].Trim()));

        var notice = RateLimitHeaders.Read(response.Headers, An.Noon);

        Assert.Equal(new(Seconds(retryAfter), remaining, Seconds(resetAfter)), notice);
    }

    [Theory]
    [InlineData(9d, 0L, 42d, 9d)]
    [InlineData(null, 0L, 42d, 42d)]
    [InlineData(null, null, 42d, 42d)]
    [InlineData(null, 900L, 42d, null)]
    [InlineData(null, null, null, null)]
    public void The_pause_after_a_refusal_is_what_was_said_of_the_limit_that_was_hit(double? retryAfter, long? remaining, double? resetAfter, double? pause) =>
        Assert.Equal(Seconds(pause), new RateNotice(Seconds(retryAfter), remaining, Seconds(resetAfter)).PauseAfterRefusal);

    private static TimeSpan? Seconds(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
