using Contracts.CustomerResolution;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.ResolvingCustomers;

namespace CustomerResolution;

/// <summary>Everything this service logs, events 2000 to 2999. Orders by id only: never a card, an address or a name.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(2000, LogLevel.Debug, "No customer for order {OrderId}: {Reason}")]
    public static partial void CustomerNotResolved(this ILogger logger, Guid orderId, CustomerResolutionFailureReason reason);

    [LoggerMessage(2001, LogLevel.Warning, "{Provider} {Failure}, and too often: circuit open, asked again in {Seconds} s")]
    public static partial void CircuitOpened(this ILogger logger, string provider, string failure, double seconds);

    [LoggerMessage(2002, LogLevel.Information, "{Provider} answers again: circuit closed")]
    public static partial void CircuitClosed(this ILogger logger, string provider);

    [LoggerMessage(2003, LogLevel.Error, "{Provider} refuses the key (status {Status}): asked once every {Seconds} s until it accepts one")]
    public static partial void KeyRefused(this ILogger logger, string provider, int status, double seconds);

    [LoggerMessage(2004, LogLevel.Information, "{Provider} accepts the key again")]
    public static partial void KeyAccepted(this ILogger logger, string provider);

    [LoggerMessage(2020, LogLevel.Warning, "The card of order {OrderId} was used by more than {Limit} orders today: if it is a till's own, add it to Loyalty:WeakIdentifiers:Cards")]
    public static partial void CardLooksShared(this ILogger logger, Guid orderId, int limit);

    [LoggerMessage(2021, LogLevel.Warning, "Loyalty:Lookups has a look-up by {Kind}, and no step of Loyalty:IdentifyBy asks for it")]
    public static partial void LookupNeverAsked(this ILogger logger, IdentifierKind kind);

    [LoggerMessage(2022, LogLevel.Warning, "Loyalty:IdentifyBy names {Step}, and Loyalty:Lookups has no look-up for it: the step does nothing")]
    public static partial void StepWithoutLookup(this ILogger logger, IdentificationStep step);

    [LoggerMessage(2023, LogLevel.Warning, "A notice was refused with 503, its sender has to repeat it: {Problem}")]
    public static partial void NoticeNotPublished(this ILogger logger, string problem);

    [LoggerMessage(2005, LogLevel.Warning, "{Provider} refuses requests as too many: slowed to {PerSecond}/s, faster again while it refuses none")]
    public static partial void SlowedDown(this ILogger logger, string provider, double perSecond);
}
