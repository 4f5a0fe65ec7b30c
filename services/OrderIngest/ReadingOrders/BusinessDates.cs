using System.Globalization;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// The day a store books a receipt to. Half of the logs do not state it, and some state it in other forms: then it is the local day on which the receipt was
/// closed. A stated day stands even when it is far from the clock: it is part of the receipt's identity.
/// </summary>
internal static class BusinessDates
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd", "yyyy-MM-dd'Z'", "yyyy-MM-ddzzz", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>As <c>yyyy-MM-dd</c>, with a note where it was not stated in that form; null when there is nothing to go by.</summary>
    public static (string? Date, string? Note) Of(string? stated, string? closed, TimeZoneInfo? zone)
    {
        if (stated is not null && DateTime.TryParseExact(stated, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return (Text(date), null);
        // UTC is not what the clock in the store showed; any other offset is.
        if (closed is not null && zone is not null && closed.EndsWith('Z') && LocalTimes.Read(closed, zone).Instant is { } instant)
            closed = Text(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        if (closed is { Length: >= 10 } && DateTime.TryParseExact(closed.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (Text(day), stated is null ? "no business date: the day of the receipt's time is taken" : "the business date is not readable: the day of the receipt's time is taken");
        return (stated, null);
    }

    private static string Text(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
