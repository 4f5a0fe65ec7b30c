using Contracts.CustomerResolution;

namespace ProfileStoreSender;

/// <summary>Events 3000 to 3999. Never a person's data, never a destination's answer: it may quote the event.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(3000, LogLevel.Warning, "ProfileStore:Scope is '{Scope}'. Documented scope ids are lower case, [a-z0-9_], at most 64 characters. It is sent as it is: it must equal what the web site sends, or one customer gets two profiles")]
    public static partial void UnusualScope(ILogger logger, string scope);

    [LoggerMessage(3001, LogLevel.Information, "{Section}:Enabled is false: orders are recorded as suppressed and nothing is sent")]
    public static partial void Disabled(ILogger logger, string section);

    [LoggerMessage(3010, LogLevel.Error, "Destination {Destination} refuses the key with {StatusCode}. Nothing else is sent to it; one order tries every {ProbeEvery}: {Advice}")]
    public static partial void GateClosed(ILogger logger, string destination, int statusCode, TimeSpan probeEvery, string advice);

    [LoggerMessage(3011, LogLevel.Information, "Destination {Destination} accepts the key again; sending goes on")]
    public static partial void GateOpened(ILogger logger, string destination);

    [LoggerMessage(3012, LogLevel.Warning, "Destination {Destination} is away ({Problem}). Orders are held for {HoldFor}, then left to the journey; nothing is lost. One order tries every {ProbeEvery} at least. This is said once, and once when it is over")]
    public static partial void DestinationFails(ILogger logger, string destination, string problem, TimeSpan holdFor, TimeSpan probeEvery);

    [LoggerMessage(3013, LogLevel.Information, "Destination {Destination} answers again after {Duration}: {Waiting} orders are held here, {Postponed} were left to the journey, which asks for them again")]
    public static partial void DestinationAnswers(ILogger logger, string destination, TimeSpan duration, int waiting, long postponed);

    [LoggerMessage(3014, LogLevel.Warning, "Destination {Destination} refuses requests as too many: slowed to {PerSecond}/s, faster again while it refuses none")]
    public static partial void SlowedByRefusal(ILogger logger, string destination, double perSecond);

    [LoggerMessage(3015, LogLevel.Warning, "Destination {Destination} answers clearly slower than it did: slowed to {PerSecond}/s, faster again while it stays as it is")]
    public static partial void SlowedByLateness(ILogger logger, string destination, double perSecond);

    [LoggerMessage(3027, LogLevel.Warning, "Destination {Destination} does not tell which events it has ({Problem}); orders whose reply was lost stay unknown until it does")]
    public static partial void QuestionsFail(ILogger logger, string destination, string problem);

    [LoggerMessage(3028, LogLevel.Information, "Destination {Destination} tells again which events it has")]
    public static partial void QuestionsAnswered(ILogger logger, string destination);

    [LoggerMessage(3020, LogLevel.Warning, "Destination {Destination} refused order {OrderId} with {StatusCode}; its answer is in the ledger, GET /deliveries/{OrderId}")]
    public static partial void Refused(ILogger logger, string destination, Guid orderId, int? statusCode);

    [LoggerMessage(3021, LogLevel.Information, "Order {OrderId} is sent to {Destination} again although an earlier attempt may have arrived; counted as uncertain")]
    public static partial void SentAgainUncertain(ILogger logger, Guid orderId, string destination);

    [LoggerMessage(3024, LogLevel.Information, "Destination {Destination} may have order {OrderId}: the request left and its reply was lost; unknown in the ledger, GET /deliveries?state=unknown")]
    public static partial void ReplyLost(ILogger logger, string destination, Guid orderId);

    [LoggerMessage(3025, LogLevel.Information, "Destination {Destination} has order {OrderId}, whose reply was lost: it was asked")]
    public static partial void FoundByAsking(ILogger logger, string destination, Guid orderId);

    [LoggerMessage(3026, LogLevel.Warning, "The event of order {OrderId} is too large for {Destination}: {Trimmed}")]
    public static partial void Trimmed(ILogger logger, Guid orderId, string destination, string trimmed);

    [LoggerMessage(3022, LogLevel.Warning, "Order {OrderId} asks for destination '{Destination}', which this service does not serve")]
    public static partial void UnknownDestination(ILogger logger, Guid orderId, string destination);

    [LoggerMessage(3023, LogLevel.Information, "Order {OrderId} is not sent: its customer may not be tracked ({Reason})")]
    public static partial void ConsentForbids(ILogger logger, Guid orderId, SuppressionReason? reason);

    [LoggerMessage(3030, LogLevel.Information, "Erasure {ErasureId} at destination {Destination}: {State} ({Detail})")]
    public static partial void DestinationErasure(ILogger logger, Guid erasureId, string destination, string state, string? detail);

    [LoggerMessage(3031, LogLevel.Warning, "An erasure at a destination could not go on ({Problem}); tried again")]
    public static partial void DestinationErasureHeldUp(ILogger logger, string problem);

    [LoggerMessage(3032, LogLevel.Information, "The suppression list was changed by an operator: {What}")]
    public static partial void SuppressionListChanged(ILogger logger, string what);
}
