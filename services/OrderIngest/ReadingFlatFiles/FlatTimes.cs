using System.Globalization;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>
/// Dates and times as a source writes them, turned into the forms that the rules read (ISO 8601). A time stays local unless the source writes an offset; the
/// store's zone is put to it later.
/// </summary>
/// <param name="dateFormat">.NET custom format of dates; null = the forms of ISO 8601 and SQL.</param>
/// <param name="timeFormat">.NET custom format of times, of dates with times where both are in one column, or <c>seconds</c> of the day; null = HH:mm, HH:mm:ss and the like.</param>
/// <param name="dayEndsAt">Until then a receipt belongs to the business date before.</param>
/// <param name="emptyDate">A date that means none.</param>
internal sealed class FlatTimes(string? dateFormat, string? timeFormat, TimeSpan dayEndsAt, DateOnly? emptyDate)
{
    /// <summary>The time format of Dynamics 365: seconds since midnight.</summary>
    public const string SecondsOfDay = "seconds";

    private const string Iso = "yyyy-MM-dd";

    private static readonly string[] Dates =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] Times = ["HH:mm:ss", "HH:mm", "HH:mm:ss.FFFFFFF", "HHmmss", "HHmm"];

    /// <summary>Where the business date is not stated: until when a receipt belongs to the day before.</summary>
    public TimeSpan DayEndsAt => dayEndsAt;

    /// <summary>What a date looks like, for faults.</summary>
    public string SaysDate { get; } = $"must be a date like {new DateTime(2026, 11, 20).ToString(dateFormat ?? Iso, CultureInfo.InvariantCulture)}";

    /// <summary>What a time of the day looks like, for faults.</summary>
    public string SaysTime { get; } = timeFormat == SecondsOfDay ? "must be seconds since midnight, 0 to 86399" : "must be a time of the day as TimeFormat says, or like 17:12:00";

    /// <summary>What a date with its time looks like, for faults.</summary>
    public string SaysBoth { get; } = "must be a date and time as TimeFormat says";

    /// <summary>False when it is no date; null for the date that means none.</summary>
    public bool TryDate(string text, out DateOnly? date)
    {
        date = null;
        if (!(dateFormat is null
            ? DateTime.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            : DateTime.TryParseExact(text, dateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out read)))
            return false;
        var day = DateOnly.FromDateTime(read);
        date = day == emptyDate ? null : day;
        return true;
    }

    /// <summary>The time of the day.</summary>
    public bool TryTime(string text, out TimeSpan time)
    {
        time = default;
        if (timeFormat == SecondsOfDay)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds >= 86_400)
                return false;
            time = TimeSpan.FromSeconds(seconds);
            return true;
        }
        if (!(timeFormat is null
            ? DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var read)
            : DateTime.TryParseExact(text, timeFormat, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out read)))
            return false;
        time = read.TimeOfDay;
        return true;
    }

    /// <summary>A date with its time in one column. Without a configured format it is left as it is: the rules know ISO 8601.</summary>
    public bool TryBoth(string text, out string both)
    {
        both = text;
        if (timeFormat is null)
            return true;
        if (HasOffset(timeFormat))
        {
            if (!DateTimeOffset.TryParseExact(text, timeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
                return false;
            both = instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
            return true;
        }
        if (!DateTime.TryParseExact(text, timeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return false;
        both = Local(local);
        return true;
    }

    /// <summary>True for a date or a time of any kind; false for what stands for none.</summary>
    public bool IsMoment(string text) => TryDate(text, out var day) ? day is not null : TryBoth(text, out var both) && LocalTimes.Read(both, TimeZoneInfo.Utc).Instant is not null;

    /// <summary>
    /// A business date with nothing but a time of the day: after midnight and before the day ends, the calendar is one day on.
    /// </summary>
    public string OnBusinessDate(DateOnly businessDate, TimeSpan time) => Joined(time < dayEndsAt ? businessDate.AddDays(1) : businessDate, time);

    /// <summary>A date and a time of the day.</summary>
    public static string Joined(DateOnly date, TimeSpan time) => Local(date.ToDateTime(TimeOnly.MinValue) + time);

    /// <summary>As <c>yyyy-MM-dd</c>.</summary>
    public static string Text(DateOnly date) => date.ToString(Iso, CultureInfo.InvariantCulture);

    /// <summary>The business date that follows from when a receipt was closed, where the day does not end at midnight; null when that is not to be told, or for the rules.</summary>
    /// <param name="occurredAt">As the rules read it.</param>
    /// <param name="zone">The store's; for a time in UTC.</param>
    public string? BusinessDateOf(string? occurredAt, TimeZoneInfo? zone)
    {
        if (dayEndsAt == TimeSpan.Zero || occurredAt is not { Length: >= 16 })
            return null;
        if (BusinessDates.IsUtc(occurredAt) && zone is not null && LocalTimes.Read(occurredAt, zone).Instant is { } instant)
            return Text(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime - dayEndsAt));
        return DateTime.TryParseExact(occurredAt.AsSpan(0, 16), ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? Text(DateOnly.FromDateTime(local - dayEndsAt))
            : null;
    }

    /// <summary>True when a date in this format reads back the same.</summary>
    public static bool IsDateFormat(string format) => ReadsBack(format, moment => moment.Date);

    /// <summary>True when a time of the day in this format reads back the same, to the minute.</summary>
    public static bool IsTimeFormat(string format) => format == SecondsOfDay || ReadsBack(format, moment => new DateTime(1, 1, 1, moment.Hour, moment.Minute, 0));

    /// <summary>True when a date with its time in this format reads back the same, to the minute.</summary>
    public static bool IsBothFormat(string format) => ReadsBack(format, moment => new DateTime(moment.Year, moment.Month, moment.Day, moment.Hour, moment.Minute, 0));

    private static bool HasOffset(string format) => format.AsSpan().IndexOfAny('z', 'K') >= 0;

    private static string Local(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static bool ReadsBack(string format, Func<DateTime, DateTime> part)
    {
        // Hour and day above 12, and no year that is now: 12-hour clocks without their half, formats that mix up day and month or leave out the year do not pass.
        var moment = new DateTime(2003, 11, 23, 17, 45, 0);
        try
        {
            return DateTime.TryParseExact(moment.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var read)
                && (part(read) == part(moment) || HasOffset(format));
        }
        catch (FormatException)
        {
            // Not a format at all.
            return false;
        }
    }
}
