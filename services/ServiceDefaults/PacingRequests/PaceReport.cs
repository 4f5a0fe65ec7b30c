namespace ServiceDefaults.PacingRequests;

/// <summary>How fast a provider may be asked at a moment; for health and metrics.</summary>
/// <param name="PerSecond">Requests per second; infinity = unlimited.</param>
/// <param name="Pause">How long nothing is sent; zero = not at all.</param>
/// <param name="IsSlowed">True when the rate is lower because the provider refused requests or became slow.</param>
/// <param name="IsReturning">True when the rate is lower because the provider has just come back.</param>
/// <param name="IsLate">True when slow answers were the last reason to slow it.</param>
public readonly record struct PaceReport(double PerSecond, TimeSpan Pause, bool IsSlowed, bool IsReturning, bool IsLate = false)
{
    /// <summary>What holds requests back, in words, or null.</summary>
    public string? Words(DateTimeOffset now)
    {
        string?[] parts =
        [
            Pause > TimeSpan.Zero ? FormattableString.Invariant($"left alone until {now + Pause:HH:mm:ss} UTC, as it asked") : null,
            IsSlowed ? FormattableString.Invariant($"slowed to {PerSecond:0.##}/s {(IsLate ? "because its answers became slow" : "because of 429 (too many requests)")}") : null,
            IsReturning ? FormattableString.Invariant($"asked at {PerSecond:0.##}/s at most for a while after its return") : null,
        ];
        var said = string.Join("; ", parts.OfType<string>());
        return said.Length == 0 ? null : said;
    }
}
