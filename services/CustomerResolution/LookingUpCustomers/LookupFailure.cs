namespace CustomerResolution.LookingUpCustomers;

/// <summary>Why a provider gave no usable answer. Holds nothing of the request or of the answer's text, so it may be shown and logged.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Status">The HTTP status, where there was one.</param>
/// <param name="RetryAfter">How long the provider asked to be left alone, where it did.</param>
internal sealed record LookupFailure(LookupFailureKind Kind, int? Status = null, TimeSpan? RetryAfter = null)
{
    /// <summary>True when asking the same again shortly may bring an answer; such failures count for the circuit breaker.</summary>
    public bool MayHeal => Kind is LookupFailureKind.TimedOut or LookupFailureKind.NotReachable or LookupFailureKind.ServerError
        or LookupFailureKind.TooManyRequests or LookupFailureKind.Malformed;

    /// <summary>For health and logs.</summary>
    public string Words => Kind switch
    {
        LookupFailureKind.TimedOut => "gave no answer in time",
        LookupFailureKind.NotReachable => "could not be reached, or broke the connection",
        LookupFailureKind.ServerError => $"answered {Status}, an error of its own",
        LookupFailureKind.TooManyRequests => $"answered {Status}: too many requests",
        LookupFailureKind.KeyRefused => $"answered {Status}: it refuses the key",
        LookupFailureKind.Malformed => "answered with a body that is not as described in the configuration",
        LookupFailureKind.NotAsked => "was not asked, because it is being left alone",
        _ => $"answered {Status}, which means neither a customer nor nobody",
    };
}
