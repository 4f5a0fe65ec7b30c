using System.Globalization;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// The day a store books a receipt to. Half of the logs do not state it, and some state it in other forms: then it is the local day on which the receipt was
/// closed. A stated day stands even when it is far from the clock: it is part of the receipt's identity.
/// </summary>
internal static class BusinessDates
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd"];

    /// <summary>As <c>yyyy-MM-dd</c>, with a note where it was not stated in that form; null when there is nothing to go by.</summary>
    public static (string? Date, string? Note) Of(string? stated, string? closed, TimeZoneInfo? zone)
    {
        // A time or an offset behind the day does not matter, whatever its form; and no store was open before 2000: that is a till's word for nothing.
        var date = stated is { Length: > 10 } && stated[10] is 'T' or ' ' or 'Z' or '+' or '-' ? stated[..10] : stated;
        if (date is not null && DateTime.TryParseExact(date, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 2000)
            return (Text(day), null);
        // UTC is not what the clock in the store showed; any other offset is.
        if (closed is not null && zone is not null && IsUtc(closed) && LocalTimes.Read(closed, zone).Instant is { } instant)
            closed = Text(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        if (closed is { Length: >= 10 } && DateTime.TryParseExact(closed.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return (Text(local), stated is null ? "no business date: the day of the receipt's time is taken" : "the business date is not readable: the day of the receipt's time is taken");
        return (stated, null);
    }

    /// <summary>True for a time that is written in UTC.</summary>
    public static bool IsUtc(string time) => time.EndsWith('Z') || time.EndsWith(" UTC", StringComparison.Ordinal) || time.EndsWith("+00:00", StringComparison.Ordinal) || time.EndsWith("+0000", StringComparison.Ordinal);

    private static string Text(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
