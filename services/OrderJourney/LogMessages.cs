namespace OrderJourney;

/// <summary>Events 4000 to 4999.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(4000, LogLevel.Information, "{Count} journeys are overdue; the saga asks again for what they lack")]
    public static partial void Overdue(ILogger logger, int count);

    [LoggerMessage(4001, LogLevel.Warning, "The sweep for overdue journeys failed; tried again at the next one")]
    public static partial void SweepFailed(ILogger logger, Exception exception);
}
