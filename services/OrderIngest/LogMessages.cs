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

    [LoggerMessage(1060, LogLevel.Warning, "A request with the key {Key} of {Source} was refused: {Code}; more of the same are only counted for {Pause}")]
    public static partial void KeyRefused(ILogger logger, string key, string source, string code, TimeSpan pause);

    [LoggerMessage(1009, LogLevel.Information, "{Origin}: {Accepted} accepted, {Duplicates} duplicates, {Conflicts} conflicts, {Rejected} rejected")]
    public static partial void BatchDone(ILogger logger, string origin, long accepted, long duplicates, long conflicts, long rejected);

    [LoggerMessage(1040, LogLevel.Information, "Rejected input resubmitted by {Who}: {Accepted} accepted, {Duplicates} duplicates, {Conflicts} conflicts, {Rejected} still rejected")]
    public static partial void Resubmitted(ILogger logger, string who, long accepted, long duplicates, long conflicts, long rejected);

    [LoggerMessage(1041, LogLevel.Information, "{Inputs} rejected inputs dismissed by {Who}")]
    public static partial void Dismissed(ILogger logger, long inputs, string who);

    [LoggerMessage(1042, LogLevel.Information, "{Inputs} rejected inputs opened again by {Who}")]
    public static partial void Reopened(ILogger logger, long inputs, string who);

    [LoggerMessage(1043, LogLevel.Information, "{Inputs} inputs that were repaired or dismissed more than {Age} ago were deleted")]
    public static partial void RepairedInputDeleted(ILogger logger, int inputs, TimeSpan age);

    [LoggerMessage(1044, LogLevel.Information, "{Inputs} rejected inputs of an earlier version can be counted by fault now")]
    public static partial void RejectedInputClassified(ILogger logger, int inputs);

    [LoggerMessage(1045, LogLevel.Error, "Tending the rejected input failed; done again in {Pause}")]
    public static partial void TendingFailed(ILogger logger, TimeSpan pause, Exception exception);

    [LoggerMessage(1050, LogLevel.Warning, "{Key}: {Problem}; looked at again every {Pause}")]
    public static partial void InboxProblem(ILogger logger, string key, string problem, TimeSpan pause);

    [LoggerMessage(1051, LogLevel.Information, "{Key}: the inbox can be used")]
    public static partial void InboxUsable(ILogger logger, string key);

    [LoggerMessage(1052, LogLevel.Information, "{Key}: file {FileId} is {State}: {Accepted} accepted, {Duplicates} duplicates, {Conflicts} conflicts, {Rejected} rejected")]
    public static partial void InboxFileFinished(ILogger logger, string key, long fileId, string state, long accepted, long duplicates, long conflicts, long rejected);

    [LoggerMessage(1053, LogLevel.Warning, "{Key}: file {FileId} was taken over by another instance; what it does stands")]
    public static partial void InboxLeaseLost(ILogger logger, string key, long fileId);

    [LoggerMessage(1054, LogLevel.Information, "{Key}: file {FileId} changed while it was read; it is read again once it is quiet")]
    public static partial void InboxFileChanged(ILogger logger, string key, long fileId);

    [LoggerMessage(1055, LogLevel.Information, "{Key}: reading of file {FileId} goes on behind {Inputs} inputs")]
    public static partial void InboxFileResumed(ILogger logger, string key, long fileId, long inputs);

    [LoggerMessage(1056, LogLevel.Error, "{Key}: reading file {FileId} failed; what was read before is kept")]
    public static partial void InboxReadingFailed(ILogger logger, string key, long fileId, Exception exception);

    [LoggerMessage(1057, LogLevel.Error, "{Key}: taking in a file failed; tried again every {Pause}")]
    public static partial void InboxFailed(ILogger logger, string key, TimeSpan pause, Exception exception);

    [LoggerMessage(1070, LogLevel.Information, "Replay {ReplayId} of {Orders} orders to {Queue} as {Message} was started by {Who}")]
    public static partial void ReplayStarted(ILogger logger, Guid replayId, long orders, string queue, string message, string who);

    [LoggerMessage(1071, LogLevel.Information, "Replay {ReplayId} has sent {Sent} of {Orders} orders: finished")]
    public static partial void ReplayFinished(ILogger logger, Guid replayId, long sent, long orders);

    [LoggerMessage(1072, LogLevel.Information, "Replay {ReplayId} is {State} by {Who}")]
    public static partial void ReplayMoved(ILogger logger, Guid replayId, string state, string who);

    [LoggerMessage(1073, LogLevel.Warning, "Replay {ReplayId} waits ({Problem}); tried again every {Pause}")]
    public static partial void ReplayHeldUp(ILogger logger, Guid replayId, string problem, TimeSpan pause);

    [LoggerMessage(1074, LogLevel.Error, "Replay {ReplayId} has stopped until somebody resumes it: {Problem}")]
    public static partial void ReplayFailed(ILogger logger, Guid replayId, string problem);

    [LoggerMessage(1075, LogLevel.Warning, "Replay {ReplayId} took longer over a few orders than its lease; they are sent again")]
    public static partial void ReplayLeaseLost(ILogger logger, Guid replayId);

    [LoggerMessage(1080, LogLevel.Warning, "What waits in the journal could not be counted; counted again in {Pause}")]
    public static partial void BacklogNotCounted(ILogger logger, TimeSpan pause, Exception exception);

    [LoggerMessage(1076, LogLevel.Error, "Replaying failed; it goes on in {Pause}")]
    public static partial void ReplayingFailed(ILogger logger, TimeSpan pause, Exception exception);
}
