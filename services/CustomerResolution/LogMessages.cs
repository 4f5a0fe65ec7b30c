using Contracts.CustomerResolution;

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
}
