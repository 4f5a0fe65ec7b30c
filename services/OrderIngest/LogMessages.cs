namespace OrderIngest;

/// <summary>Every log line of this service; events 1000 to 1999. Never an order's content, never anything about a person.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1000, LogLevel.Warning, "The relay cannot publish ({Failure}); {Waiting} orders of this batch wait in the journal, tried again in {Pause}")]
    public static partial void RelayHeldUp(ILogger logger, string failure, int waiting, TimeSpan pause);

    [LoggerMessage(1001, LogLevel.Information, "The relay publishes again")]
    public static partial void RelayGoesOn(ILogger logger);

    [LoggerMessage(1002, LogLevel.Error, "The relay failed; it goes on in {Pause}")]
    public static partial void RelayFailed(ILogger logger, TimeSpan pause, Exception exception);

    [LoggerMessage(1003, LogLevel.Warning, "{Orders} published orders have no journey after the time set; they are published again")]
    public static partial void PublishedAgain(ILogger logger, int orders);

    [LoggerMessage(1004, LogLevel.Warning, "OrderJourney cannot be asked which orders it knows ({Failure}); asked again every {Pause}")]
    public static partial void JourneysAway(ILogger logger, string failure, TimeSpan pause);

    [LoggerMessage(1005, LogLevel.Information, "OrderJourney answers again")]
    public static partial void JourneysBack(ILogger logger);

    [LoggerMessage(1006, LogLevel.Warning, "Key OrderIngest:Journeys:BaseAddress is not set: an event lost on the way would not be noticed")]
    public static partial void JourneysNotConfigured(ILogger logger);

    [LoggerMessage(1007, LogLevel.Error, "Comparing journal and journeys failed; done again in {Pause}")]
    public static partial void ReconciliationFailed(ILogger logger, TimeSpan pause, Exception exception);

    [LoggerMessage(1008, LogLevel.Warning, "Order {OrderId} of {Source} came again with other content; the first stands, this one is kept with the rejected input")]
    public static partial void Conflict(ILogger logger, Guid orderId, string source);

    [LoggerMessage(1050, LogLevel.Warning, "A request with the key {Key} of {Source} was refused: {Code}; more of the same are only counted for {Pause}")]
    public static partial void KeyRefused(ILogger logger, string key, string source, string code, TimeSpan pause);

    [LoggerMessage(1009, LogLevel.Information, "{Origin}: {Accepted} accepted, {Duplicates} duplicates, {Conflicts} conflicts, {Rejected} rejected")]
    public static partial void BatchDone(ILogger logger, string origin, long accepted, long duplicates, long conflicts, long rejected);
}
