using System.Globalization;
using System.Net.Http.Headers;

namespace ServiceDefaults.PacingRequests;

/// <summary>
/// Reads <c>Retry-After</c>, the IETF drafts' <c>RateLimit</c> (both forms) and <c>RateLimit-Remaining</c>/<c>-Reset</c>, and the older <c>X-RateLimit-*</c>
/// and <c>X-Rate-Limit-*</c>. Pure. What cannot be read counts as not said.
/// </summary>
public static class RateLimitHeaders
{
    private static readonly string[] Prefixes = ["RateLimit-", "X-RateLimit-", "X-Rate-Limit-"];

    // Nobody means a duration of 30 years: from here on a number is a moment, in seconds since 1970, and from the second on in milliseconds.
    private const double FirstMoment = 1e9, FirstMomentInMilliseconds = 1e12;
    private const double Day = 86_400;

    private const NumberStyles Numbers =
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>Reads an answer's headers.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="now">When the answer came, UTC.</param>
    public static RateNotice Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var retryAfter = Time(Value(headers, "Retry-After"), now);
        if (Value(headers, "RateLimit") is { } combined && ReadCombined(combined) is { Remaining: not null } limit)
            return limit with { RetryAfter = retryAfter };
        foreach (var prefix in Prefixes)
        {
            var (remaining, reset) = (Value(headers, prefix + "Remaining"), Value(headers, prefix + "Reset"));
            if (remaining is not null || reset is not null)
                return new(retryAfter, Least(remaining), Time(reset, now));
        }
        return new(retryAfter, null, null);
    }

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary><c>limit=100, remaining=0, reset=30</c>, or <c>"burst";r=0;t=1, "daily";r=900;t=3600</c>: of several limits the one that hinders most.</summary>
    private static RateNotice ReadCombined(string text)
    {
        if (text.Contains("remaining", StringComparison.OrdinalIgnoreCase))
            return ReadLimit(text.Split(','), "remaining", "reset");
        var limits = text.Split(',').Select(limit => ReadLimit(limit.Split(';'), "r", "t")).Where(limit => limit.Remaining is not null).ToList();
        return limits.Where(limit => limit.Remaining <= 0).OrderByDescending(limit => limit.ResetAfter).Concat(limits.OrderBy(limit => limit.Remaining)).FirstOrDefault();
    }

    private static RateNotice ReadLimit(IEnumerable<string> parts, string remaining, string reset)
    {
        var said = parts.Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)).Where(part => part.Length == 2)
            .ToLookup(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        return new(null, Least(said[remaining].FirstOrDefault()), Number(said[reset].FirstOrDefault()) is { } seconds ? Seconds(seconds) : null);
    }

    private static long? Least(string? text)
    {
        var numbers = (text ?? "").Split(',').Select(Number).OfType<double>().ToList();
        return numbers.Count == 0 ? null : (long)Math.Clamp(numbers.Min(), 0, int.MaxValue);
    }

    private static TimeSpan? Time(string? text, DateTimeOffset now)
    {
        if (Number(text) is { } number)
            return number < FirstMoment ? Seconds(number) : Seconds((number < FirstMomentInMilliseconds ? number : number / 1000) - now.ToUnixTimeMilliseconds() / 1000d);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Seconds((date - now).TotalSeconds) : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, Numbers, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Day));
}
