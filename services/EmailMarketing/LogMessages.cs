namespace EmailMarketing;

/// <summary>Events 5000 to 5999.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(5001, LogLevel.Information, "{Contacts} contacts exported")]
    public static partial void ContactsExported(ILogger logger, long contacts);

    [LoggerMessage(5002, LogLevel.Warning, "The customer of order {OrderId} was resolved without an address to write to; nothing to remember")]
    public static partial void NoAddress(ILogger logger, Guid orderId);
}
