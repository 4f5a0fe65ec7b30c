namespace OrderJourney;

/// <summary>Events 4000 to 4999.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(4000, LogLevel.Information, "{Count} journeys are overdue; the saga asks again for what they lack")]
    public static partial void Overdue(ILogger logger, int count);

    [LoggerMessage(4001, LogLevel.Warning, "The sweep for overdue journeys failed; tried again at the next one")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(4002, LogLevel.Warning, "The card of order {OrderId} is somebody else's since it was tracked; it stays with whom it was tracked for")]
    public static partial void CardMoved(ILogger logger, Guid orderId);

    [LoggerMessage(4003, LogLevel.Warning, "Those who wait for a customer could not be counted; counted again at the next time")]
    public static partial void NotCounted(ILogger logger, Exception exception);

    [LoggerMessage(4008, LogLevel.Warning, "Orders under way could not be counted; counted again at the next time")]
    public static partial void OpenNotCounted(ILogger logger, Exception exception);

    [LoggerMessage(4004, LogLevel.Warning, "Order {OrderId} was tracked for somebody else than its customer; it stays there")]
    public static partial void TrackedForAnother(ILogger logger, Guid orderId);

    [LoggerMessage(4005, LogLevel.Information, "Erasure {ErasureId}: round {Round} asked for, {Orders} orders")]
    public static partial void ErasureAsked(ILogger logger, Guid erasureId, int round, int orders);

    [LoggerMessage(4006, LogLevel.Information, "Erasure {ErasureId} is {State}")]
    public static partial void ErasureEnded(ILogger logger, Guid erasureId, string state);

    [LoggerMessage(4007, LogLevel.Warning, "An erasure could not go on ({Problem}); tried again")]
    public static partial void ErasureHeldUp(ILogger logger, string problem);
}
