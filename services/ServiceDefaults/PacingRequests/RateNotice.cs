namespace ServiceDefaults.PacingRequests;

/// <summary>What the headers of an answer say about how much the provider wants to be asked. Negative times count as zero, and none exceeds a day.</summary>
/// <param name="RetryAfter">How long it asks to be left alone.</param>
/// <param name="Remaining">How many requests it will still take before the reset.</param>
/// <param name="ResetAfter">How long until the reset.</param>
public readonly record struct RateNotice(TimeSpan? RetryAfter, long? Remaining, TimeSpan? ResetAfter)
{
    /// <summary>
    /// How long to leave it alone after an answer that refused, or null when nothing was said. A reset counts only where nothing remains: next to a
    /// remainder it belongs to another limit than the one that was hit, often to that of the day.
    /// </summary>
    public TimeSpan? PauseAfterRefusal => RetryAfter ?? (Remaining is null or <= 0 ? ResetAfter : null);
}
