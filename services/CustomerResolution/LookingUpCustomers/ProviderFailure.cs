namespace CustomerResolution.LookingUpCustomers;

/// <summary>What a status that is neither success nor "nobody" says.</summary>
internal static class ProviderFailure
{
    public static LookupFailure Of(HttpResponseMessage response, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        return new(status switch
        {
            401 or 403 => LookupFailureKind.KeyRefused,
            408 => LookupFailureKind.TimedOut,
            429 => LookupFailureKind.TooManyRequests,
            >= 500 => LookupFailureKind.ServerError,
            _ => LookupFailureKind.UnexpectedStatus,
        }, status, PauseOf(response, time));
    }

    /// <summary>How long the provider asks to be left alone, as <c>Retry-After</c> says it.</summary>
    public static TimeSpan? PauseOf(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        return header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
    }
}
