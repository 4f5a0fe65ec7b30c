using ServiceDefaults.PacingRequests;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>What a status that is neither success nor "nobody" says.</summary>
internal static class ProviderFailure
{
    public static LookupFailure Of(HttpResponseMessage response, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var kind = status switch
        {
            401 or 403 => LookupFailureKind.KeyRefused,
            408 => LookupFailureKind.TimedOut,
            429 => LookupFailureKind.TooManyRequests,
            >= 500 => LookupFailureKind.ServerError,
            _ => LookupFailureKind.UnexpectedStatus,
        };
        return new(kind, status, kind == LookupFailureKind.TooManyRequests ? PauseOf(response, time) : Said(response, time).RetryAfter);
    }

    /// <summary>How long a provider that was asked too much wants to be left alone, as its headers say it.</summary>
    public static TimeSpan? PauseOf(HttpResponseMessage response, TimeProvider time) => Said(response, time).PauseAfterRefusal;

    private static RateNotice Said(HttpResponseMessage response, TimeProvider time) => RateLimitHeaders.Read(response.Headers, time.GetUtcNow());
}
