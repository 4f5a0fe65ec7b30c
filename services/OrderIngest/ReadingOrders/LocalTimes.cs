using System.Globalization;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Reads when a receipt was closed. A time without an offset is read in the store's zone by two rules. A time that occurred twice (clocks put
/// back) is the first of the two. A time that never occurred (clocks put forward) is read as if the clock had not been changed yet, which is
/// what a till does that missed the change.
/// </summary>
internal static class LocalTimes
{
    private static readonly string[] WithOffset =
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz"];

    private static readonly string[] Local =
        ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    /// <summary>The instant in UTC; otherwise what is wrong.</summary>
    public static (DateTimeOffset? Instant, string? Fault) Read(string text, TimeZoneInfo? zone)
    {
        var utc = text.EndsWith('Z') || text.EndsWith('z') ? $"{text[..^1]}+00:00" : text.EndsWith(" UTC", StringComparison.Ordinal) ? $"{text[..^4]}+00:00" : text;
        if (DateTimeOffset.TryParseExact(utc, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            return (instant.ToUniversalTime(), null);
        if (!DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return (null, "must be a time like 2026-11-20T17:12:00+01:00");
        if (zone is null)
            return (null, "has no offset from UTC, and the source has no TimeZone configured");
        return local.Year is < 2 or > 9998 ? (null, "is no usable time") : (ToUtc(local, zone), null);
    }

    private static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone)
    {
        TimeSpan offset;
        if (zone.IsAmbiguousTime(local))
            offset = zone.GetAmbiguousTimeOffsets(local).Max();
        else if (zone.IsInvalidTime(local))
            offset = zone.GetUtcOffset(local.AddHours(-3));
        else
            offset = zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
